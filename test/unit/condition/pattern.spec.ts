import assert from 'node:assert/strict';
import { compilePattern } from '../../../src/condition/pattern.ts';

function matches(source: string, text: string, ignoreCase = false): boolean {
  const pattern = compilePattern(source, ignoreCase);
  if ('reason' in pattern) throw new Error(pattern.reason);
  return pattern.test(text);
}

function reasonOf(source: string): string {
  const pattern = compilePattern(source, false);
  return 'reason' in pattern ? pattern.reason : '';
}

describe('compilePattern', () => {
  it('looks anywhere in the text, unless the pattern is anchored', () => {
    assert.equal(matches('order', 'my order 5'), true);
    assert.equal(matches('^order', 'my order 5'), false);
    assert.equal(matches('^my .*5$', 'my order 5'), true);
  });

  it('knows Unicode classes and ignores case in every script', () => {
    assert.equal(matches('^\\p{Cyrillic}+$', 'привет'), true);
    assert.equal(matches('^ПРИВЕТ$', 'привет', true), true);
    assert.equal(matches('^ПРИВЕТ$', 'привет'), false);
  });

  it('looks at text with NUL, lone surrogates and direction marks in it', () => {
    assert.equal(matches('b$', 'a\0\ud800\u202eb'), true);
    assert.equal(matches('^.{4}$', 'a\0👩b'), true);
  });

  for (const source of ['(?=a)', '(?!a)b', '(?<=a)b', '(?<!a)b', '(a)\\1', '(?>a)', 'a++']) {
    it(`refuses ${source}, which needs more than linear time`, () => {
      assert.match(reasonOf(source), /error parsing regexp/);
    });
  }

  for (const source of ['(', '[a', '*', 'a{2,1}', '\\q', '(?<n>a)(?<n>b)']) {
    it(`refuses ${source} with the reason`, () => {
      assert.match(reasonOf(source), /error parsing regexp/);
    });
  }

  it('refuses a pattern so large that one character takes long', () => {
    for (const source of ['x'.repeat(100_000), 'a{900}b{900}', '(?:a?){1000}a{1000}$']) {
      assert.match(reasonOf(source), /larger than/);
    }
  });

  const explosive = [
    '(a+)+$',
    '^([a-zA-Z]+)*$',
    '(a|aa)+$',
    '^(a|a?)+$',
    '(.*a){20}$',
    '^(([a-z])+.)+[A-Z]([a-z])+$',
    '(x+x+)+y',
    '(?:a?){300}a{300}$',
    '.*.*=.*',
  ];
  for (const source of explosive) {
    it(`takes linear time for ${source}`, () => {
      const text = `${'a'.repeat(20_000)}!`;
      const started = process.cpuUsage();
      assert.equal(matches(source, text), false);
      const { user } = process.cpuUsage(started);
      assert.ok(user < 2_000_000, `it took ${user / 1000} ms`);
    });
  }
});
