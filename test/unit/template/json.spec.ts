import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseJsonTemplate } from '../../../src/template/json.ts';
import { hostileTexts } from '../../fixtures/hostile.ts';

describe('a JSON with variables', () => {
  const text =
    '{"type": "text", "n": 1, "list": ["{{a}}", null], "text": {"body": "Ciao {{b}} {{a}}"}}';

  it('is filled in as data: no value changes its shape', () => {
    const { names, build } = parseJsonTemplate(text);
    assert.deepEqual(names, ['a', 'b']);
    const check = (a: string, b: string) => {
      const expected = { type: 'text', n: 1, list: [a, null], text: { body: `Ciao ${b} ${a}` } };
      assert.deepEqual(build({ a, b }), expected);
    };
    for (const hostile of hostileTexts) check(hostile, '", "x": "{{a}}');
    fc.assert(fc.property(fc.string(), fc.string(), check));
  });

  it('keeps a key named __proto__ a key', () => {
    const built = parseJsonTemplate('{"__proto__": {"x": "{{a}}"}}').build({ a: '1' });
    assert.deepEqual(Object.keys(built), ['__proto__']);
    assert.equal(({} as { x?: string }).x, undefined);
  });

  it('is refused when it is no JSON object, or has more than variables in it', () => {
    const wrong = ['', '{', '[]', '"a"', 'null', '{"a": "{{#x}}"}', '{"a": "{{{x}}}"}'];
    for (const text of wrong) {
      assert.throws(() => parseJsonTemplate(text), { code: 'E_TEMPLATE' }, text);
    }
  });
});
