import assert from 'node:assert/strict';
import script from '../../nodes/script/script.ts';
import triggerVariables from '../../nodes/trigger-variables/trigger-variables.ts';
import { madeEvent } from '../../src/event/made-event.ts';
import { deploy, settings, useRuntime } from '../support/flow.ts';
import { useAsker } from '../support/preview.ts';
import { useScriptFolder } from '../support/scripts.ts';

const declared = [{ name: 'CARD', default: 'secret-default', sensitive: true }];

describe('the preview of a script', () => {
  useRuntime();
  const folder = useScriptFolder();
  const asker = useAsker('script.write');
  afterEach(() => settings({}));

  async function start(folders: readonly string[] | undefined = [folder.path]) {
    settings(folders.length === 0 ? {} : { whatsappTriggers: { scripts: { folders } } });
    await deploy(
      [asker.permissions, triggerVariables, script],
      [{ id: 'declared', type: 'trigger-variables', variables: declared }],
    );
  }

  const environmentOf = (told: { environment: [string, string][] }) =>
    Object.fromEntries(told.environment);

  it('tells the file, what runs it, and with what', async () => {
    const path = await folder.write('greet.sh', 'echo hello\n');
    await start();
    const told = await asker.ask('script', { scriptType: 'sh', script: 'greet.sh' });
    assert.equal(told.file, path);
    assert.equal(told.interpreter.name, 'sh');
    assert.match(told.interpreter.path, /\/sh$/);
    assert.deepEqual(told.command, ['sh', path]);
    assert.equal(environmentOf(told)['WA_CALLERIDNAME'], 'Anna Bell & Sons');
    assert.equal(JSON.parse(told.stdin).id, madeEvent().id);
    assert.deepEqual(told.faults, []);
  });

  it('masks sensitive variables in the environment and on stdin', async () => {
    await folder.write('greet.sh', '');
    await start();
    const msg = { payload: madeEvent(), variables: { CARD: '4711-4711' } };
    const told = await asker.ask('script', { script: 'greet.sh' }, { msg });
    assert.equal(environmentOf(told)['WA_CARD'], '***');
    assert.doesNotMatch(JSON.stringify(told), /4711-4711|secret-default/);
  });

  it('says why a file may not be run, and what would be allowed', async () => {
    await start();
    const missing = await asker.ask('script', { script: 'none.sh' });
    assert.match(missing.faults[0].message, /no such file/);
    assert.deepEqual(missing.folders, [folder.path]);
    const outside = await asker.ask('script', { script: '/etc/hostname' });
    assert.equal(outside.faults[0].code, 'E_SCRIPT_DENIED');
    assert.equal(outside.file, undefined);
    const variable = await asker.ask('script', { script: '{{text}}.sh' });
    assert.equal(variable.faults[0].code, 'E_SCRIPT_DENIED');
  });

  it('says what settings.js lacks', async () => {
    await start([]);
    const told = await asker.ask('script', { script: 'greet.sh' });
    assert.match(told.faults[0].message, /settings\.js/);
    assert.equal(told.faults.length, 1);
  });

  it('names the interpreter in the first line, and one that is not installed', async () => {
    await folder.write('one', '#!/usr/bin/env sh\n');
    await folder.write('two', '#!/opt/no/such/program -x\n');
    await start();
    const one = await asker.ask('script', { scriptType: 'other', script: 'one' });
    assert.equal(one.interpreter.name, 'sh');
    const two = await asker.ask('script', { scriptType: 'other', script: 'two' });
    assert.deepEqual(two.interpreter, { name: '/opt/no/such/program' });
  });

  it('runs nothing, but for a test', async () => {
    await folder.write('leave.sh', 'echo ran > "$(dirname "$0")/ran"\n');
    await start();
    const config = { scriptType: 'sh', script: 'leave.sh' };
    await asker.ask('script', config);
    const look = { scriptType: 'sh', script: 'look.sh' };
    await folder.write('look.sh', 'cd "$(dirname "$0")" && ls\n');
    const before = await asker.ask('script/test', look);
    assert.doesNotMatch(before.stdout, /^ran$/m);
    await asker.ask('script/test', config);
    assert.match((await asker.ask('script/test', look)).stdout, /^ran$/m);
  });

  it('runs a test with the sample, and says that it is one', async () => {
    const lines = ['echo "$WA_CALLERIDNAME $WA_DRY_RUN"', 'cat >&2', 'exit 3'];
    await folder.write('greet.sh', lines.join('\n'));
    await start();
    const config = { scriptType: 'sh', script: 'greet.sh' };
    const told = await asker.ask('script/test', config);
    assert.equal(told.stdout, 'Anna Bell & Sons 1\n');
    assert.equal(JSON.parse(told.stderr).id, 'made-event');
    assert.equal(told.exitCode, 3);
    assert.equal(told.faults[0].code, 'E_SCRIPT_EXIT');
  });

  it('runs no test of what may not be run, or for whom may not change the node', async () => {
    await start();
    const told = await asker.ask('script/test', { script: '/etc/hostname' });
    assert.equal(told.faults[0].code, 'E_SCRIPT_DENIED');
    asker.granted = ['script.read'];
    const answer = await asker.post('script/test', { id: 'x', config: {}, msg: {} });
    assert.equal(answer.status, 401);
  });
});
