import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TriggerError } from '../../../src/errors.ts';
import { buildUrl, parseUrlTemplate } from '../../../src/template/url.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes)),
  fc.constantFrom(
    '..',
    '.',
    '%2e%2e',
    '/',
    '//evil',
    '@evil',
    '\\evil',
    '?a=b',
    '#f',
    '&x=1',
    '\ud800',
  ),
);

describe('The CTI URL of the specification', () => {
  const template = parseUrlTemplate(
    'http://ip-address/cti/index.html?CALLID={{uniqueid}}&CALLER={{calleridnum}}' +
      '&QUEUE={{queue}}&ORDER={{ORDERNUM}}&STATUS={{ORDERSTAT}}',
  );
  const variables = {
    uniqueid: '17',
    calleridnum: '+39 02 1',
    queue: 'Sales & Co',
    text: 'a=b&c#d "q" <x>',
    ORDERNUM: '9/9',
    ORDERSTAT: 'à spedire',
  };
  const five = [
    ['CALLID', '17'],
    ['CALLER', '+39 02 1'],
    ['QUEUE', 'Sales & Co'],
    ['ORDER', '9/9'],
    ['STATUS', 'à spedire'],
  ];

  it('has exactly its five parameters with Event Variables No', () => {
    const url = new URL(buildUrl(template, variables));
    assert.deepEqual([...url.searchParams], five);
    assert.equal(url.origin + url.pathname, 'http://ip-address/cti/index.html');
  });

  it('has the same five first with Event Variables Yes, then every variable', () => {
    const append = Object.entries(variables);
    const url = new URL(buildUrl(template, variables, { append }));
    assert.deepEqual([...url.searchParams], [...five, ...append]);
  });
});

describe('A URL', () => {
  it('keeps what it names itself: such a variable is not appended again', () => {
    const template = parseUrlTemplate('https://crm/x?queue=fixed&%74ext={{text}}#part');
    const append = [
      ['queue', 'Sales'],
      ['text', 'hi'],
      ['agent', 'ann'],
      ['agent', 'bob'],
      ['account', 'A & B'],
    ] as const;
    assert.equal(
      buildUrl(template, { text: 'hi' }, { append }),
      'https://crm/x?queue=fixed&%74ext=hi&agent=ann&account=A%20%26%20B#part',
    );
  });

  for (const [text, expected] of [
    ['https://crm', 'https://crm/?a=1'],
    ['https://crm/x', 'https://crm/x?a=1'],
    ['https://crm/x?', 'https://crm/x?a=1'],
    ['https://crm/x?b&', 'https://crm/x?b&a=1'],
    ['https://crm/x#top?b', 'https://crm/x?a=1#top?b'],
  ] as const) {
    it(`takes a parameter: ${text}`, () => {
      assert.equal(buildUrl(parseUrlTemplate(text), {}, { append: [['a', '1']] }), expected);
    });
  }

  it('carries every value unchanged in the query, and changes nothing else', () => {
    const template = parseUrlTemplate('https://crm.example:8443/a/b?x={{a}}&y={{b}}#{{c}}');
    fc.assert(
      fc.property(anyText, anyText, anyText, (a, b, c) => {
        const url = new URL(buildUrl(template, { a, b, c }, { append: [['z', a]] }));
        assert.equal(url.origin, 'https://crm.example:8443');
        assert.equal(url.pathname, '/a/b');
        const [x, y, z] = [a, b, a].map((value) => value.toWellFormed());
        assert.deepEqual(
          [...url.searchParams],
          [
            ['x', x],
            ['y', y],
            ['z', z],
          ],
        );
        assert.equal(decodeURIComponent(url.hash.slice(1)), c.toWellFormed());
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps every value in its own segment of the path, or refuses it', () => {
    const template = parseUrlTemplate('https://crm.example/a/{{x}}/b.{{y}}');
    fc.assert(
      fc.property(anyText, anyText, (x, y) => {
        let url: URL;
        try {
          url = new URL(buildUrl(template, { x, y }));
        } catch (error) {
          assert.ok(error instanceof TriggerError && error.code === 'E_URL');
          assert.ok(['.', '..'].includes(x));
          return;
        }
        const segments = url.pathname.split('/').map(decodeURIComponent);
        const expected = ['', 'a', x.toWellFormed(), `b.${y.toWellFormed()}`];
        assert.deepEqual(segments, expected);
        assert.equal(url.origin + url.search + url.hash, 'https://crm.example');
      }),
      { numRuns: 1000 },
    );
  });

  for (const [text, x] of [
    ['https://crm/a/{{x}}/b', '..'],
    ['https://crm/a/{{x}}', '..'],
    ['https://crm/a/{{x}}?q', '.'],
    ['https://crm/a/.{{x}}/b', '.'],
    ['https://crm/a/%2e{{x}}#f', '.'],
    ['https://crm/a\\{{x}}\\b', '..'],
    ['https://crm/..{{x}}/b', ''],
  ] as const) {
    it(`does not let ${JSON.stringify(x)} walk the path of ${text}`, () => {
      assert.throws(() => buildUrl(parseUrlTemplate(text), { x }), { code: 'E_URL' });
    });
  }

  for (const text of [
    '',
    'crm/x',
    '/x',
    '//crm/x',
    'http:/crm/x',
    'http:crm',
    'http://',
    'http:///x',
    'https://{{host}}/x',
    'https://crm{{x}}',
    'https://crm{{x}}/',
    'https://{{x}}.crm/',
    'https://crm:{{port}}/x',
    'https://{{user}}@crm/',
    'https://a:{{password}}@crm/',
    '{{scheme}}://crm/x',
    'http{{s}}://crm/x',
    '{{url}}',
    'https://crm\\@{{x}}/',
    'https://crm\\{{x}}',
    'javascript:alert(1)',
    'JaVaScRiPt:alert({{text}})',
    'java\tscript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://crm/x',
    'ftp://crm/x',
    'ws://crm/x',
    'view-source:https://crm',
    'https://crm/\nx',
    'https://crm/\0',
    'https://exa mple/x',
    'https://crm:99999/',
    'https://[::1/x',
    'https://crm/../{{x}}',
  ]) {
    it(`refuses ${JSON.stringify(text)} at deploy`, () => {
      assert.throws(
        () => parseUrlTemplate(text),
        (error) => {
          assert.ok(error instanceof TriggerError);
          return error.code === 'E_URL' && error.message.length > 10;
        },
      );
    });
  }

  it('refuses more than names in it, as any text does', () => {
    assert.throws(() => parseUrlTemplate('https://crm/{{{x}}}'), { code: 'E_TEMPLATE' });
  });

  for (const text of [
    'http://ip-address/cti/index.html?CALLID={{uniqueid}}',
    'HTTPS://CRM.example/x',
    'https://crm?x={{text}}',
    'https://crm#{{text}}',
    'http://10.0.0.5:8080/{{uniqueid}}/',
    'http://[fd00::1]:8080/{{uniqueid}}',
    'https://città.example/{{text}}?è={{queue}}',
    '  https://crm/x  ',
  ]) {
    it(`takes ${text}`, () => {
      const template = parseUrlTemplate(text);
      assert.equal(new URL(buildUrl(template, { text: 'x' })).origin, template.origin);
    });
  }
});
