import assert from 'node:assert/strict';
import { commandLine, scriptTypes } from '../../../src/script/script-type.ts';

describe('the command line of a script', () => {
  it('is the interpreter and the file, nothing else', () => {
    const lines = scriptTypes
      .filter((type) => type !== 'curl')
      .map((type) => commandLine(type, '/opt/a b;c', 1000));
    assert.deepEqual(lines, [
      { file: 'bash', args: ['/opt/a b;c'] },
      { file: 'sh', args: ['/opt/a b;c'] },
      { file: process.execPath, args: ['/opt/a b;c'] },
      { file: 'python3', args: ['/opt/a b;c'] },
      { file: '/opt/a b;c', args: [] },
    ]);
  });

  it('reads no other configuration of curl, and allows HTTP only, whatever the file says', () => {
    const { file, args } = commandLine('curl', '/opt/hook.curl', 1500);
    assert.equal(file, 'curl');
    assert.equal(args[0], '--disable');
    assert.deepEqual(args.slice(1, 3), ['--config', '/opt/hook.curl']);
    const after = args.slice(3).join(' ');
    assert.match(after, /--max-time 1\.5/);
    assert.match(after, /--proto =http,https --proto-redir =http,https/);
    assert.match(after, /--fail-with-body --silent --show-error/);
  });
});
