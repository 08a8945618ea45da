import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TriggerError } from '../../../src/errors.ts';
import { encodeHeader, encodeHtml, encoders, encodeUrl } from '../../../src/template/encode.ts';
import { parseTemplate, render } from '../../../src/template/template.ts';

/** Any text at all: lone surrogates, controls and template syntax are likely in it. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes)),
  fc.constantFrom(
    '{{a}}',
    '{{{a}}}',
    '{{=<% %>=}}',
    '{{>a}}',
    '${a}',
    '<%=a%>',
    '\ud83d',
    '\0',
    '\u202e',
  ),
);

function refusalOf(text: string): TriggerError {
  try {
    parseTemplate(text);
  } catch (error) {
    assert.ok(error instanceof TriggerError);
    return error;
  }
  throw new Error(`${JSON.stringify(text)} was not refused.`);
}

describe('A template', () => {
  it('names its variables in order, none twice', () => {
    const { names } = parseTemplate('{{ORDERNUM}} {{ text }} {{contact.name}} {{ORDERNUM}}');
    assert.deepEqual(names, ['ORDERNUM', 'text', 'contact.name']);
  });

  it('puts values in and keeps the rest of the text as it is', () => {
    const template = parseTemplate('Dear {{name}},\n\n  {{a.b}}\n}} { } "quoted" <b>\n');
    const values = { name: 'Ann', 'a.b': '1' };
    assert.equal(
      render(template, values, encoders.text),
      'Dear Ann,\n\n  1\n}} { } "quoted" <b>\n',
    );
  });

  it('gives nothing for a name without a value', () => {
    assert.equal(render(parseTemplate('[{{a}}{{b.c}}]'), {}, encoders.text), '[]');
  });

  it('takes an empty text', () => {
    assert.equal(render(parseTemplate(''), {}, encoders.text), '');
  });

  for (const [kind, text, position] of [
    ['triple braces', 'a {{{b}}}', '1:3'],
    ['unescaped output', '{{& b}}', '1:1'],
    ['a section', 'x\ny {{#list}}z{{/list}}', '2:3'],
    ['an inverted section', '{{^a}}{{/a}}', '1:1'],
    ['the end of a section', '{{/a}}', '1:1'],
    ['a partial', '{{> a}}', '1:1'],
    ['a comment', '{{! a }}', '1:1'],
    ['a change of delimiters', '{{a}}{{=<% %>=}}<%b%>', '1:6'],
    ['not closed', 'x {{a}} {{b', '1:9'],
    ['not closed', '{{a}', '1:1'],
    ['not a name', '{{}}', '1:1'],
    ['not a name', '{{a b}}', '1:1'],
    ['not a name', '{{a()}}', '1:1'],
    ['not a name', '{{.}}', '1:1'],
    ['not a name', '{{a..b}}', '1:1'],
    ['not a name', '{{a[0]}}', '1:1'],
    ['not a name', '\n\n  {{1a}}', '3:3'],
  ] as const) {
    it(`refuses ${JSON.stringify(text)} at ${position}`, () => {
      const error = refusalOf(text);
      assert.equal(error.code, 'E_TEMPLATE');
      assert.ok(error.message.includes(` ${position} `), error.message);
      assert.ok(error.message.includes(kind), error.message);
    });
  }

  it('reads own entries only and calls no function', () => {
    const called = Object.assign(Object.create({ inherited: 'yes' }), { own: 'own' });
    const names = ['constructor', 'constructor.name', '__proto__', 'toString', 'inherited', 'own'];
    const template = parseTemplate(names.map((name) => `{{${name}}}`).join('|'));
    assert.equal(render(template, called, encoders.text), '|||||own');
  });

  it('never looks at a value again', () => {
    const template = parseTemplate('{{a}}/{{b}}');
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        assert.equal(render(template, { a, b }, encoders.text), `${a}/${b}`);
      }),
    );
  });

  it('either refuses a text with a coded error or renders it', () => {
    const texts = fc.array(
      fc.constantFrom('{{', '}}', '{', '}', '#', '/', '=', '&', '!', ' ', 'a', '.', '\n'),
    );
    fc.assert(
      fc.property(texts, (parts) => {
        const text = parts.join('');
        try {
          const template = parseTemplate(text);
          const echo = Object.fromEntries(template.names.map((name) => [name, `{{${name}}}`]));
          const rendered = render(template, echo, encoders.text);
          assert.equal(rendered, text.replace(/\{\{\s*([^{}]*?)\s*\}\}/g, '{{$1}}'));
        } catch (error) {
          assert.ok(error instanceof TriggerError && error.code === 'E_TEMPLATE', String(error));
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('An encoder', () => {
  it('for a URL is undone by decoding, a lone surrogate becoming the replacement character', () => {
    fc.assert(
      fc.property(anyText, (value) => {
        const encoded = encodeUrl(value);
        assert.equal(decodeURIComponent(encoded), value.toWellFormed());
        assert.match(encoded, /^[A-Za-z0-9\-_.!~*'()%]*$/);
      }),
    );
  });

  it('for HTML leaves no character that ends a text or an attribute, quoted or not', () => {
    fc.assert(
      fc.property(anyText, (value) => {
        const encoded = encodeHtml(value);
        assert.doesNotMatch(encoded, /[<>"'`=/]|&(?!(?:amp|lt|gt|quot|#39|#x60|#x3D|#x2F);)/);
        assert.equal(decodeHtml(encoded), value);
      }),
    );
  });

  it('for a header gives printable ASCII that decodes to the value', () => {
    fc.assert(
      fc.property(anyText, (value) => {
        const encoded = encodeHeader(value);
        assert.match(encoded, /^[ -~]*$/);
        assert.equal(encoded.trim(), encoded);
        assert.equal(decodeURIComponent(encoded), value.toWellFormed());
      }),
    );
  });
});

function decodeHtml(text: string): string {
  const characters: Record<string, string> = {
    '&amp;': '&',
    '&lt;': '<',
    '&gt;': '>',
    '&quot;': '"',
    '&#39;': "'",
    '&#x60;': '`',
    '&#x3D;': '=',
    '&#x2F;': '/',
  };
  return text.replace(/&[^;]+;/g, (entity) => characters[entity] ?? entity);
}
