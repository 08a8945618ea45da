import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { rename, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { scriptEnvironment } from '../../../src/script/environment.ts';
import { openRunner, scriptLoad, type ScriptRunner } from '../../../src/script/runner.ts';
import type { Outcome, ScriptOrder, ScriptResult } from '../../../src/script/wire.ts';
import { helperPids, helpersOf, useLine, useScriptFolder } from '../../support/scripts.ts';

describe('the script runner', () => {
  const folder = useScriptFolder();
  const line = useLine();
  const living = new AbortController().signal;
  let runner: ScriptRunner;
  beforeEach(() => {
    runner = openRunner(process.cwd());
  });
  const owners: ChildProcess[] = [];
  afterEach(async () => {
    owners.splice(0).forEach((owner) => owner.kill('SIGKILL'));
    await runner.close();
  });

  function orderOf(
    path: string,
    values: Partial<ScriptOrder> & { variables?: Record<string, string> } = {},
  ): ScriptOrder {
    const { variables = {}, ...rest } = values;
    const runId = randomUUID();
    return {
      runId,
      type: 'bash',
      path,
      folders: [folder.path],
      timeout: 30_000,
      environment: scriptEnvironment(
        { port: String(line.port), ...variables },
        { eventKey: 'key', runId },
      ),
      stdin: '{}',
      ...rest,
    };
  }

  function resultOf(outcome: Outcome): ScriptResult {
    if (!('result' in outcome)) assert.fail(`The run ended as ${JSON.stringify(outcome)}.`);
    return outcome.result;
  }

  it('starts the helper with the first run, once, and ends it with the last node', async () => {
    await folder.add('fail.sh');
    const other = openRunner(process.cwd());
    assert.deepEqual(helperPids(), []);
    await runner.run(orderOf('fail.sh', { type: 'sh' }), living);
    const started = helperPids();
    assert.equal(started.length, 1);
    await other.run(orderOf('fail.sh', { type: 'sh' }), living);
    assert.deepEqual(helperPids(), started);
    await other.close();
    assert.deepEqual(helperPids(), started);
    await runner.close();
    assert.deepEqual(helperPids(), []);
    runner = openRunner(process.cwd());
  });

  it('lets the runs of a node that closes end, although another that runs nothing closes with it', async () => {
    await folder.add('hold.bash');
    const idle = openRunner(process.cwd());
    const run = runner.run(orderOf('hold.bash'), living);
    const call = await line.next();
    const closed = runner.close();
    await idle.close();
    call.answer('well');
    assert.equal(resultOf(await run).stdout, 'well\n');
    await closed;
    assert.deepEqual(helperPids(), []);
    runner = openRunner(process.cwd());
  });

  it('never starts a script from this process, which would stand still meanwhile', async () => {
    await folder.add('report.mjs');
    const outcome = await runner.run(orderOf('report.mjs', { type: 'node' }), living);
    const { ppid } = JSON.parse(resultOf(outcome).stdout);
    assert.deepEqual([ppid], helperPids());
  });

  it('tells exit code, signal, both outputs and the duration', async () => {
    await folder.add('fail.sh');
    await folder.add('killed.sh');
    const failed = await runner.run(orderOf('fail.sh', { type: 'sh' }), living);
    const { duration, ...rest } = resultOf(failed);
    assert.equal(failed.end, 'exit');
    assert.deepEqual(rest, {
      exitCode: 3,
      signal: null,
      stdout: 'some output\n',
      stderr: 'what went wrong\n',
    });
    assert.ok(Number.isInteger(duration) && duration >= 0);
    const killed = resultOf(await runner.run(orderOf('killed.sh'), living));
    assert.equal(killed.exitCode, null);
    assert.equal(killed.signal, 'SIGKILL');
  });

  it('ends the whole tree at the time limit, a grandchild in its own session too', async () => {
    await folder.add('tree.bash');
    const run = runner.run(orderOf('tree.bash', { timeout: 1_500 }), living);
    const calls = await Promise.all([line.next(), line.next(), line.next()]);
    assert.deepEqual(calls.map(({ label }) => label).sort(), ['child', 'grandchild', 'script']);
    const outcome = await run;
    assert.equal(outcome.end, 'timeout');
    assert.equal(resultOf(outcome).signal, 'SIGKILL');
    await Promise.all(calls.map(({ ended }) => ended));
  });

  it('ends what a script leaves behind', async () => {
    await folder.add('leave-behind.bash');
    const run = runner.run(orderOf('leave-behind.bash'), living);
    const leftover = await line.next();
    const outcome = await run;
    assert.equal(resultOf(outcome).exitCode, 0);
    assert.equal(resultOf(outcome).stdout, 'the script is done\n');
    await leftover.ended;
  });

  it('waits for output that a process of the script still holds', async () => {
    await folder.add('late-output.bash');
    const outcome = await runner.run(orderOf('late-output.bash'), living);
    assert.equal(resultOf(outcome).stdout, 'LAST WORDS\n');
  });

  it('keeps 64 KiB of each output, cut between characters, and reads the rest', async () => {
    await folder.add('loud.mjs');
    const outcome = await runner.run(orderOf('loud.mjs', { type: 'node' }), living);
    const { exitCode, stdout, stderr } = resultOf(outcome);
    assert.equal(exitCode, 0);
    const kept = `-${'é'.repeat(32 * 1024 - 1)}`;
    assert.ok(stdout === kept && stderr === kept);
  });

  it('ends a script that writes more than 16 MiB', async () => {
    await folder.add('flood.mjs');
    const outcome = await runner.run(orderOf('flood.mjs', { type: 'node' }), living);
    assert.equal(outcome.end, 'flood');
    const { stdout } = resultOf(outcome);
    assert.equal(stdout.length, 64 * 1024);
    assert.ok(stdout.startsWith('start xxx'));
  });

  it('does not mind a script that leaves a long stdin unread', async () => {
    await folder.add('deaf.sh');
    const stdin = 'x'.repeat(4 * 1024 * 1024);
    const outcome = await runner.run(orderOf('deaf.sh', { type: 'sh', stdin }), living);
    assert.equal(resultOf(outcome).stdout, 'done\n');
    assert.equal(resultOf(outcome).exitCode, 0);
  });

  it('gives a script a private home and its own folder to work in', async () => {
    await folder.add('report.mjs');
    const outcome = await runner.run(orderOf('report.mjs', { type: 'node' }), living);
    const { env, cwd } = JSON.parse(resultOf(outcome).stdout);
    assert.equal(cwd, folder.path);
    assert.ok(existsSync(env.HOME));
    await runner.close();
    assert.ok(!existsSync(env.HOME));
    runner = openRunner(process.cwd());
  });

  it('ends a run, and forgets a waiting one, when their signal is aborted', async () => {
    await folder.add('hold.bash');
    const node = new AbortController();
    const held = Array.from({ length: 6 }, () => runner.run(orderOf('hold.bash'), node.signal));
    const calls = await Promise.all([line.next(), line.next(), line.next(), line.next()]);
    const other = runner.run(orderOf('hold.bash', { variables: { label: 'other' } }), living);
    node.abort();
    assert.deepEqual(
      await Promise.all(held),
      Array.from({ length: 6 }, () => ({ end: 'stopped' })),
    );
    await Promise.all(calls.map(({ ended }) => ended));
    const call = await line.next();
    assert.equal(call.label, 'other');
    call.answer('go on');
    assert.equal(resultOf(await other).stdout, 'go on\n');
  });

  it('runs four scripts at once, in the order they came', async () => {
    await folder.add('hold.bash');
    const runs = Array.from({ length: 20 }, (_, index) =>
      runner.run(orderOf('hold.bash', { variables: { label: String(index) } }), living),
    );
    const seen = new Set<string>();
    let most = 0;
    const calls = await Promise.all([line.next(), line.next(), line.next(), line.next()]);
    assert.deepEqual(new Set(calls.map(({ label }) => label)), new Set(['0', '1', '2', '3']));
    for (let served = 0; served < 20; served++) {
      const call = calls.shift() ?? (await line.next());
      most = Math.max(most, line.open());
      seen.add(call.label);
      call.answer(call.label);
      await call.ended;
    }
    const outputs = await Promise.all(runs);
    assert.equal(most, 4);
    assert.equal(seen.size, 20);
    assert.deepEqual(
      outputs.map((outcome) => resultOf(outcome).stdout),
      runs.map((_, index) => `${index}\n`),
    );
  });

  it('loses the runs of a helper that is killed, ends what they had started, and starts a new one', async () => {
    await folder.add('tree.bash');
    await folder.add('fail.sh');
    const run = runner.run(orderOf('tree.bash'), living);
    const calls = await Promise.all([line.next(), line.next(), line.next()]);
    const [helper] = helperPids();
    process.kill(helper!, 'SIGKILL');
    assert.deepEqual(await run, { end: 'lost' });
    const next = await runner.run(orderOf('fail.sh', { type: 'sh' }), living);
    assert.equal(resultOf(next).exitCode, 3);
    await Promise.all(calls.map(({ ended }) => ended));
    assert.notDeepEqual(helperPids(), [helper]);
  });

  it('ends with Node-RED, however that ends, and takes its scripts along', async () => {
    await folder.add('tree.bash');
    const program = new URL('../../support/script-owner.ts', import.meta.url);
    const owner = fork(program, [JSON.stringify(orderOf('tree.bash'))]);
    owners.push(owner);
    const calls = await Promise.all([line.next(), line.next(), line.next()]);
    owner.kill('SIGKILL');
    await Promise.all(calls.map(({ ended }) => ended));
  });

  it('ends what an earlier Node-RED of the same user directory left, before it runs anything', async () => {
    await folder.add('hold.bash');
    await folder.add('fail.sh');
    const program = new URL('../../support/script-owner.ts', import.meta.url);
    const start = (directory: string) => {
      const owner = fork(program, [JSON.stringify(orderOf('hold.bash')), directory]);
      owners.push(owner);
      return owner;
    };
    const [dead, alive] = [start(folder.path), start(folder.path)];
    const foreign = start(folder.outside);
    const calls = await Promise.all([line.next(), line.next(), line.next()]);
    await Promise.all([crash(dead), crash(foreign)]);

    const next = openRunner(folder.path);
    assert.equal((await next.run(orderOf('fail.sh', { type: 'sh' }), living)).end, 'exit');
    assert.equal(line.open(), 2);
    await next.close();

    const last = openRunner(folder.outside);
    await last.run(orderOf('fail.sh', { type: 'sh' }), living);
    assert.equal(line.open(), 1);
    await last.close();
    alive.kill();
    await Promise.all(calls.map(({ ended }) => ended));
  });

  it('tells when a run got its place, and how many run and wait', async () => {
    await folder.add('hold.bash');
    let began = 0;
    const runs = Array.from({ length: 6 }, () =>
      runner.run(orderOf('hold.bash'), living, () => {
        began += 1;
      }),
    );
    const calls = await Promise.all([line.next(), line.next(), line.next(), line.next()]);
    assert.equal(began, 4);
    assert.deepEqual(scriptLoad(), { running: 4, waiting: 2 });
    calls.forEach((call) => call.answer(''));
    (await Promise.all([line.next(), line.next()])).forEach((call) => call.answer(''));
    await Promise.all(runs);
    assert.equal(began, 6);
    assert.deepEqual(scriptLoad(), { running: 0, waiting: 0 });
  });

  it('says which interpreter is not installed', async () => {
    await folder.add('report.py');
    const order = orderOf('report.py', { type: 'python' });
    const environment = { ...order.environment, PATH: folder.path };
    assert.deepEqual(await runner.run({ ...order, environment }, living), {
      end: 'denied',
      reason: '"python3" is not installed.',
    });
    await folder.write('odd', '#!/usr/bin/no-such-interpreter\n');
    assert.deepEqual(await runner.run(orderOf('odd', { type: 'other' }), living), {
      end: 'denied',
      reason: 'What the first line of the script "odd" names is not installed.',
    });
  });

  it('looks at the script again before each run', async () => {
    const file = await folder.add('fail.sh');
    const order = orderOf('fail.sh', { type: 'sh' });
    assert.equal((await runner.run(order, living)).end, 'exit');
    const moved = join(folder.outside, 'fail.sh');
    await rename(file, moved);
    await symlink(moved, file);
    assert.deepEqual(await runner.run(order, living), {
      end: 'denied',
      reason: 'The script "fail.sh" was refused: it does not lie inside an allowed folder.',
    });
  });
});

/** Ends a process and its helper at once, so that neither can clear anything away. */
async function crash(owner: ChildProcess): Promise<void> {
  const helpers = helpersOf(owner.pid!);
  helpers.forEach((pid) => process.kill(pid, 'SIGSTOP'));
  owner.kill('SIGKILL');
  await once(owner, 'exit');
  helpers.forEach((pid) => process.kill(pid, 'SIGKILL'));
}
