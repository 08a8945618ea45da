import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, rename, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { nextInput, node, redeploy, settings, useRuntime } from '../support/flow.ts';
import { caught, event, scriptFlow, startScript, status, through } from '../support/script-flow.ts';
import { helperPids, useLine, useScriptFolder } from '../support/scripts.ts';

describe('script', () => {
  useRuntime();
  const folder = useScriptFolder();
  const line = useLine();
  afterEach(() => settings({}));

  const start = (properties: object) => startScript(folder.path, properties);
  const ringing = (label = 'held') => ({
    payload: event('hello'),
    variables: { label, port: line.port },
  });

  it('passes the message on with what the script did', async () => {
    await folder.add('report.sh');
    await start({ scriptType: 'sh', script: 'report.sh' });
    const completed = nextInput('completed');
    const ended = status('green');
    const payload = event('hello');
    const msg = await through({ payload, topic: 'message.incoming', other: 7 });
    const { stdout, duration, ...rest } = msg['script'];
    assert.deepEqual(rest, { exitCode: 0, signal: null, stderr: '' });
    assert.ok(Number.isInteger(duration));
    assert.ok(stdout.startsWith('hello\n{"id":"event-1",'));
    assert.deepEqual([msg['payload'], msg['topic'], msg['other']], [payload, msg['topic'], 7]);
    assert.deepEqual((await completed)['script'], msg['script']);
    assert.equal((await ended)['text'], 'script.status.done');
  });

  it('tells a Catch node the exit code, and a Complete node nothing', async () => {
    await folder.add('fail.sh');
    await start({ scriptType: 'sh', script: 'fail.sh' });
    const ended = status('red');
    node('completed').on('input', () => assert.fail('A failed script completed.'));
    node('next').on('input', () => assert.fail('A failed script went on.'));
    const msg = await caught();
    assert.equal(msg['error'].code, 'E_SCRIPT_EXIT');
    assert.match(msg['error'].message, /ended with exit code 3/);
    const { duration, ...rest } = msg['script'];
    assert.ok(Number.isInteger(duration));
    assert.deepEqual(rest, {
      exitCode: 3,
      signal: null,
      stdout: 'some output\n',
      stderr: 'what went wrong\n',
    });
    assert.deepEqual(msg['payload'], event('hello'));
    assert.equal((await ended)['text'], 'script.error.scriptExit');
  });

  it('ends a script with all its processes at the time limit', async () => {
    await folder.add('tree.bash');
    await start({ script: 'tree.bash', timeout: '1.5' });
    const failed = caught(ringing());
    const calls = await Promise.all([line.next(), line.next(), line.next()]);
    const msg = await failed;
    assert.equal(msg['error'].code, 'E_SCRIPT_TIMEOUT');
    assert.match(msg['error'].message, /longer than 1\.5 seconds/);
    assert.equal(msg['script'].exitCode, null);
    await Promise.all(calls.map(({ ended }) => ended));
  });

  it('goes on after a failure or a time-out when it is told to', async () => {
    await folder.add('fail.sh');
    await folder.add('hold.bash');
    await start({ scriptType: 'sh', script: 'fail.sh', onFailure: 'continue' });
    node('caught').on('input', () => assert.fail('The failure was not to be caught.'));
    assert.equal((await through({ payload: event('hello') }))['script'].exitCode, 3);
    await redeploy(scriptFlow({ script: 'hold.bash', onFailure: 'continue', timeout: 0.5 }));
    const msg = await through(ringing());
    assert.equal(msg['script'].signal, 'SIGTERM');
    await (
      await line.next()
    ).ended;
  });

  it('refuses to run what may not be run, even when it is to go on after a failure', async () => {
    await start({ script: 'missing.sh', onFailure: 'continue' });
    const msg = await caught({ payload: event('hello'), script: { exitCode: 0 } });
    assert.equal(msg['error'].code, 'E_SCRIPT_DENIED');
    assert.equal(msg['script'], undefined);
  });

  it('is red and refuses its messages without the setting that allows scripts', async () => {
    const script = await folder.add('fail.sh');
    await startScript(undefined, { scriptType: 'sh', script });
    const msg = await caught();
    assert.equal(msg['error'].code, 'E_SCRIPT_DENIED');
    assert.match(msg['error'].message, /settings\.js/);
    assert.equal(node('run').status.args[0]?.[0].fill, 'red');
    assert.equal(node('run').error.args[0]?.[0].code, 'E_SCRIPT_DENIED');
  });

  for (const [what, properties, code] of [
    ['a type that does not exist', { scriptType: 'perl' }, 'E_CONFIG'],
    ['a time-out that is no number', { timeout: 'soon' }, 'E_CONFIG'],
    ['no script at all', { script: '' }, 'E_CONFIG'],
    ['a path with a variable', { script: '/opt/{{text}}.sh' }, 'E_SCRIPT_DENIED'],
    ['a path outside', { script: '/bin/sh' }, 'E_SCRIPT_DENIED'],
    ['a path that leads out', { script: '../../../bin/sh' }, 'E_SCRIPT_DENIED'],
    ['a link that leads out', { script: 'out.sh' }, 'E_SCRIPT_DENIED'],
    ['a folder', { script: 'folder' }, 'E_SCRIPT_DENIED'],
    ['a pipe', { script: 'pipe' }, 'E_SCRIPT_DENIED'],
    ['a file that every user may write', { script: 'open.sh' }, 'E_SCRIPT_DENIED'],
  ] as const) {
    it(`is red at deploy and refuses its messages: ${what}`, async () => {
      await folder.add('fail.sh');
      await symlink('/bin/sh', join(folder.path, 'out.sh'));
      await mkdir(join(folder.path, 'folder'));
      execFileSync('mkfifo', [join(folder.path, 'pipe')]);
      await folder.write('open.sh', 'exit 0', 0o666);
      await start({ scriptType: 'sh', script: 'fail.sh', ...properties });
      assert.equal(node('run').status.args[0]?.[0].fill, 'red');
      assert.equal(node('run').error.args[0]?.[0].code, code);
      assert.equal((await caught())['error'].code, code);
    });
  }

  it('looks again before each run: a swapped file is refused, one put right is run', async () => {
    const file = await folder.add('report.sh', 0o777);
    await start({ scriptType: 'sh', script: 'report.sh' });
    assert.equal((await caught())['error'].code, 'E_SCRIPT_DENIED');
    await chmod(file, 0o755);
    assert.equal((await through({ payload: event('hello') }))['script'].exitCode, 0);
    await rename(file, join(folder.outside, 'report.sh'));
    await symlink(join(folder.outside, 'report.sh'), file);
    assert.equal((await caught())['error'].code, 'E_SCRIPT_DENIED');
  });

  it('runs at most four scripts at once, and all in the end', async () => {
    await folder.add('hold.bash');
    await start({ script: 'hold.bash' });
    const outputs = new Set<string>();
    const all = new Promise<void>((resolve) => {
      node('next').on('input', (msg) => {
        outputs.add(msg.script.stdout.trim());
        if (outputs.size === 20) resolve();
      });
    });
    for (let index = 0; index < 20; index++) node('run').receive(ringing(String(index)));
    const calls = await Promise.all([line.next(), line.next(), line.next(), line.next()]);
    for (let served = 0; served < 20; served++) {
      const call = calls.shift() ?? (await line.next());
      assert.ok(line.open() <= 4);
      call.answer(call.label);
    }
    await all;
  });

  it('says so when the helper process dies, and runs the next script', async () => {
    await folder.add('hold.bash');
    await start({ script: 'hold.bash' });
    const failed = caught(ringing());
    const call = await line.next();
    const [helper] = helperPids();
    assert.ok(helper);
    process.kill(helper, 'SIGKILL');
    const msg = await failed;
    assert.equal(msg['error'].code, 'E_SCRIPT_EXIT');
    assert.match(msg['error'].message, /ended unexpectedly/);
    await call.ended;
    const next = through(ringing('next'));
    (await line.next()).answer('well');
    assert.equal((await next)['script'].stdout, 'well\n');
  });

  it('has its helper process before the first message, unless it may run nothing', async () => {
    await start({ script: 'missing.bash' });
    assert.deepEqual(helperPids(), []);
    await folder.add('report.bash');
    await redeploy(scriptFlow({ script: 'report.bash' }));
    assert.equal(helperPids().length, 1);
  });

  it('leaves no process when it is redeployed while scripts run and wait', async () => {
    await folder.add('tree.bash');
    await start({ script: 'tree.bash' });
    const handles = () => process.getActiveResourcesInfo().filter((name) => name === 'ProcessWrap');
    for (let index = 0; index < 6; index++) node('run').receive(ringing());
    const calls = await Promise.all(Array.from({ length: 12 }, () => line.next()));
    const [helper] = helperPids();
    await redeploy(scriptFlow({ script: 'missing.bash' }));
    await Promise.all(calls.map(({ ended }) => ended));
    assert.ok(helper);
    assert.deepEqual(helperPids(), []);
    assert.deepEqual(handles(), []);
    assert.equal(line.open(), 0);
  });
});
