import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { scriptEnvironment, standardPath } from '../../../src/script/environment.ts';

const keys = { eventKey: 'event', runId: 'run' };
const fixed = {
  PATH: standardPath,
  LANG: 'C.UTF-8',
  WA_EVENT_KEY: 'event',
  WA_RUN_ID: 'run',
};
const KiB = 1024;

describe('the environment of a script', () => {
  it('has every variable in upper case under the prefix WA_, and nothing of Node-RED', () => {
    process.env['SECRET_OF_NODE_RED'] = 'secret';
    const environment = scriptEnvironment({ uniqueid: '17', ORDERNUM: '9/9' }, keys);
    delete process.env['SECRET_OF_NODE_RED'];
    assert.deepEqual(environment, { ...fixed, WA_UNIQUEID: '17', WA_ORDERNUM: '9/9' });
  });

  it('lets no variable mean anything to a shell, a loader or an interpreter', () => {
    const names = ['BASH_ENV', 'LD_PRELOAD', 'ENV', 'NODE_OPTIONS', 'PATH', 'IFS', 'PYTHONPATH'];
    const variables = Object.fromEntries(names.map((name) => [name, '/tmp/evil']));
    assert.deepEqual(Object.keys(scriptEnvironment(variables, keys)), [
      ...Object.keys(fixed),
      ...names.map((name) => `WA_${name}`),
    ]);
  });

  it('leaves out a name that is no plain identifier', () => {
    const odd = [
      'BASH_FUNC_x%%',
      '1a',
      '',
      'a=b',
      'a b',
      '__proto__',
      'ı',
      'straße',
      'x'.repeat(65),
    ];
    const variables = Object.fromEntries(odd.map((name) => [name, 'x']));
    assert.deepEqual(scriptEnvironment(variables, keys), fixed);
  });

  it('takes the first of two names that differ by case', () => {
    const environment = scriptEnvironment({ text: 'first', TEXT: 'second' }, keys);
    assert.equal(environment['WA_TEXT'], 'first');
  });

  it('lets no variable replace the event key or the run id', () => {
    assert.deepEqual(scriptEnvironment({ run_id: 'x', EVENT_KEY: 'x' }, keys), fixed);
  });

  it('takes NUL out and makes lone surrogates whole, and leaves all other text as it is', () => {
    const environment = scriptEnvironment(
      { a: 'x\0y', b: '\ud83d!', c: '\ufeff😀\u202e\n"$(' },
      keys,
    );
    assert.equal(environment['WA_A'], 'xy');
    assert.equal(environment['WA_B'], '\ufffd!');
    assert.equal(environment['WA_C'], '\ufeff😀\u202e\n"$(');
  });

  it('cuts a value at 32 KiB, between characters', () => {
    const environment = scriptEnvironment(
      { a: 'x'.repeat(200 * KiB), b: `-${'😀'.repeat(9000)}` },
      keys,
    );
    assert.equal(environment['WA_A'], 'x'.repeat(32 * KiB));
    assert.equal(environment['WA_B'], `-${'😀'.repeat(8 * KiB - 1)}`);
  });

  it('never holds more than 256 KiB of variables, nor text that no environment can hold', () => {
    const variables = fc.dictionary(
      fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,70}$/),
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.tuple(fc.string({ unit: 'grapheme' }), fc.nat(60 * KiB)).map(([s, n]) => s.repeat(n)),
      ),
      { maxKeys: 40 },
    );
    fc.assert(
      fc.property(variables, (values) => {
        const environment = scriptEnvironment(values, keys);
        let size = 0;
        for (const [name, value] of Object.entries(environment)) {
          assert.match(name, /^(PATH|LANG|WA_[A-Z][A-Z0-9_]{0,63})$/);
          assert.ok(!value.includes('\0') && value.isWellFormed());
          assert.ok(Buffer.byteLength(value) <= 32 * KiB);
          size += name.length + Buffer.byteLength(value) + 2;
        }
        assert.ok(size <= 257 * KiB);
      }),
      { numRuns: 50 },
    );
  });
});
