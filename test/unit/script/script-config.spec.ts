import assert from 'node:assert/strict';
import { allowedFolders, readScript } from '../../../nodes/script/script-config.ts';

describe('the configuration of a script node', () => {
  it('has defaults for everything but the script', () => {
    const defaults = { scriptType: 'bash', script: 'a.sh', timeout: 30, onFailure: 'error' };
    assert.deepEqual(readScript({ script: ' a.sh ' }), defaults);
    assert.deepEqual(readScript({ script: 'a.sh', timeout: null, info: 7, more: {} }), defaults);
  });

  it('takes numbers that were saved as text', () => {
    assert.equal(readScript({ script: 'a.sh', timeout: '2.5' }).timeout, 2.5);
  });

  it('refuses what it does not know, by the name of the property', () => {
    const wrong: [string, object][] = [
      ['scriptType', { script: 'a', scriptType: 'perl' }],
      ['scriptType', { script: 'a', scriptType: 'toString' }],
      ['onFailure', { script: 'a', onFailure: 'retry' }],
      ['timeout', { script: 'a', timeout: 'soon' }],
      ['timeout', { script: 'a', timeout: 0 }],
      ['timeout', { script: 'a', timeout: -1 }],
      ['timeout', { script: 'a', timeout: 3601 }],
      ['timeout', { script: 'a', timeout: {} }],
      ['script', { script: '  ' }],
      ['script', { script: ['a'] }],
      ['script', {}],
    ];
    for (const [property, saved] of wrong) {
      const message = new RegExp(`^Property "${property}" must be`);
      assert.throws(() => readScript(saved), { code: 'E_CONFIG', message }, JSON.stringify(saved));
    }
  });

  it('refuses a path with a variable in it', () => {
    for (const script of ['/opt/{{text}}.sh', '/opt/{{ x', 'a}}', '/opt/${HOME}/a', 'a\0b']) {
      assert.throws(() => readScript({ script }), { code: 'E_SCRIPT_DENIED' }, script);
    }
  });
});

describe('the setting that allows scripts', () => {
  const settings = (folders: unknown) => ({ whatsappTriggers: { scripts: { folders } } });

  it('names the folders', () => {
    assert.deepEqual(allowedFolders(settings(['/opt/a', '/opt/b'])), ['/opt/a', '/opt/b']);
  });

  it('allows nothing when it is missing or not a list of absolute paths', () => {
    const wrong = [
      {},
      { whatsappTriggers: {} },
      { whatsappTriggers: null },
      settings(undefined),
      settings([]),
      settings('/opt'),
      settings(['scripts']),
      settings(['/opt', 7]),
    ];
    for (const each of wrong) {
      assert.throws(() => allowedFolders(each), {
        code: 'E_SCRIPT_DENIED',
        message: /whatsappTriggers: \{ scripts: \{ folders:/,
      });
    }
  });
});
