import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { standardPath } from '../../src/script/environment.ts';
import { ownerVariable } from '../../src/script/leftovers.ts';
import { serve, settings, type TestMessage, useRuntime } from '../support/flow.ts';
import { caught, event, startScript, through } from '../support/script-flow.ts';
import { useScriptFolder } from '../support/scripts.ts';

describe('what a script gets', () => {
  useRuntime();
  const folder = useScriptFolder();
  afterEach(() => settings({}));

  for (const [scriptType, file] of [
    ['bash', 'report.bash'],
    ['sh', 'report.sh'],
    ['other', 'executable'],
  ] as const) {
    it(`is the event, with the type ${scriptType}`, async () => {
      const path = await folder.add(file);
      await startScript(folder.path, { scriptType, script: path });
      const { script } = await through({ payload: event('ciao') });
      const [first, stdin] = script.stdout.split('\n');
      assert.equal(first, 'ciao');
      const { variables, ...rest } = JSON.parse(stdin);
      assert.deepEqual(rest, event('ciao'));
      assert.equal(variables.calleridnum, '+39022');
    });
  }

  for (const [scriptType, file] of [
    ['node', 'report.mjs'],
    ['python', 'report.py'],
  ] as const) {
    it(`is the event and its variables to the letter, with the type ${scriptType}`, async () => {
      await folder.add(file);
      await startScript(folder.path, { scriptType, script: file });
      const hostile = 'x"\'`$(touch canary)\n-rf *\u202e😀\ufeff';
      const variables = { ORDERSTAT: `à spedire ${hostile}`, nul: 'a\0b', alone: '\ud83d!' };
      const { script } = await through({ payload: event(hostile), variables });
      const { env, stdin } = JSON.parse(script.stdout);
      assert.deepEqual([env.PATH, env.LANG], [standardPath, 'C.UTF-8']);
      assert.equal(env.WA_TEXT, hostile);
      assert.equal(env.WA_ORDERSTAT, `à spedire ${hostile}`);
      assert.deepEqual([env.WA_NUL, env.WA_ALONE], ['ab', '\ufffd!']);
      assert.deepEqual([env.WA_UNIQUEID, env.WA_EVENT], ['17', 'message.incoming']);
      assert.match(env.WA_EVENT_KEY, /^[0-9a-f]{64}$/);
      const { variables: flat, ...rest } = JSON.parse(stdin);
      assert.deepEqual(rest, event(hostile));
      assert.deepEqual([flat.nul, flat.alone, flat.text], ['a\0b', '\ud83d!', hostile]);
    });
  }

  it('is nothing of what Node-RED has in its own environment', async () => {
    await folder.add('report.mjs');
    process.env['DATABASE_PASSWORD'] = 'secret';
    await startScript(folder.path, { scriptType: 'node', script: 'report.mjs' });
    const { script } = await through({ payload: event('hello') });
    delete process.env['DATABASE_PASSWORD'];
    const names = Object.keys(JSON.parse(script.stdout).env);
    // Node itself hands this one to every process when it measures coverage.
    const own = new Set(['NODE_V8_COVERAGE', ownerVariable]);
    const base = names.filter((name) => !name.startsWith('WA_') && !own.has(name));
    assert.deepEqual(base.sort(), ['HOME', 'LANG', 'PATH']);
  });

  it('is data for curl, with the type curl', async () => {
    let body = '';
    const base = await serve((request, response) => {
      void text(request).then((received) => {
        body = received;
        response.end('thanks');
      });
    });
    await folder.write('hook.curl', `url = "${base}"\ndata = "@-"`, 0o644);
    await startScript(folder.path, { scriptType: 'curl', script: 'hook.curl' });
    const msg = await through({ payload: event('ciao "Anna" \n\u2028') });
    assert.equal(msg['script'].stdout, 'thanks');
    assert.equal(JSON.parse(body).message.text, 'ciao "Anna" \n\u2028');
  });

  it('is fixed for curl: an error status, another protocol and a long wait fail', async () => {
    const base = await serve((request, response) => {
      if (request.url === '/slow') return;
      response.writeHead(500).end('sorry');
    });
    await folder.write('hook.curl', `url = "${base}"`);
    await startScript(folder.path, { scriptType: 'curl', script: 'hook.curl', timeout: 1 });
    const failed = await caught();
    assert.deepEqual([failed['error'].code, failed['script'].exitCode], ['E_SCRIPT_EXIT', 22]);
    assert.equal(failed['script'].stdout, 'sorry');
    await folder.write('hook.curl', 'url = "file:///etc/hostname"\nproto = "=file"');
    const denied = await caught();
    assert.deepEqual([denied['script'].exitCode, denied['script'].stdout], [1, '']);
    await folder.write('hook.curl', `url = "${base}/slow"\nmax-time = 600`);
    assert.equal((await caught())['error'].code, 'E_SCRIPT_TIMEOUT');
  });

  it('is whole on stdin, and cut in the environment where the system would refuse it', async () => {
    await folder.write('measure.mjs', measure);
    await startScript(folder.path, { scriptType: 'node', script: 'measure.mjs' });
    const long = 'x'.repeat(200 * 1024);
    const names = Array.from({ length: 30 }, (_, index) => `v${index}`);
    const variables = Object.fromEntries(names.map((name) => [name, long]));
    const { script } = await through({ payload: event('hello'), variables });
    assert.deepEqual(JSON.parse(script.stdout), {
      cut: 32 * 1024,
      count: 7,
      whole: names.map(() => long.length),
    });
  });

  it('never becomes a command', async () => {
    const canary = join(folder.path, 'canary');
    const evil = await folder.write('evil.sh', `echo > ${canary}`);
    const { attacks, variables } = hostile(canary, evil, folder.path);
    await Promise.all(['report.bash', 'report.sh', 'report.mjs', 'report.py'].map(folder.add));
    const script = await folder.write('all.sh', allTypes);
    await startScript(folder.path, { scriptType: 'sh', script });
    for (const attack of attacks) {
      const { script } = await through({ payload: event(attack), variables });
      assert.equal(script.exitCode, 0, script.stderr);
      assert.equal(script.stdout.split(`${attack}\n{`).length, 3, attack);
      assert.ok(script.stdout.includes(JSON.stringify(attack)), attack);
    }
    assert.ok(!existsSync(canary));
  });

  it('is the message of any other node too, even one that JSON cannot express', async () => {
    await folder.add('report.mjs');
    await startScript(folder.path, { scriptType: 'node', script: 'report.mjs' });
    const circular: TestMessage = { order: { id: 9n } };
    circular['self'] = circular;
    const msg = await through({ payload: circular, variables: { ORDERNUM: '9/9' } });
    const { stdin, env } = JSON.parse(msg['script'].stdout);
    assert.deepEqual(JSON.parse(stdin), {
      order: { id: '9' },
      self: { order: { id: '9' }, self: '[circular]' },
      variables: { ORDERNUM: '9/9' },
    });
    assert.equal(env.WA_ORDERNUM, '9/9');
  });

  it('has the same event key each time the event comes', async () => {
    await folder.add('report.mjs');
    await startScript(folder.path, { scriptType: 'node', script: 'report.mjs' });
    const run = async (payload: object) =>
      JSON.parse((await through({ payload }))['script'].stdout).env;
    const [first, again] = [await run(event('hello')), await run(event('hello'))];
    assert.equal(again.WA_EVENT_KEY, first.WA_EVENT_KEY);
    assert.notEqual(again.WA_RUN_ID, first.WA_RUN_ID);
    const other = await run({ ...event('hello'), id: 'event-2' });
    assert.notEqual(other.WA_EVENT_KEY, first.WA_EVENT_KEY);
  });
});

const measure = `
import { text } from 'node:stream/consumers';
const { variables } = JSON.parse(await text(process.stdin));
const lengths = Object.entries(variables).filter(([name]) => /^v\\d/.test(name));
const cut = Object.entries(process.env).filter(([name]) => /^WA_V\\d/.test(name));
console.log(JSON.stringify({
  cut: cut[0][1].length,
  count: cut.length,
  whole: lengths.map(([, value]) => value.length),
}));
`;

/** Every interpreter in turn, on the same stdin and environment. */
const allTypes = `
event=$(cat)
for run in 'bash report.bash' 'sh report.sh' '"$NODE" report.mjs' 'python3 report.py'; do
  printf '%s' "$event" | eval "$run"
done
`.replace('"$NODE"', process.execPath);

function hostile(canary: string, evil: string, folder: string) {
  const touch = `touch ${canary}`;
  const attacks = [
    `$(${touch})`,
    `\`${touch}\``,
    `; ${touch}`,
    `| ${touch}`,
    `&& ${touch}`,
    `"; ${touch} #`,
    `'; ${touch} #`,
    `\${IFS}$(${touch})`,
    `<(${touch})`,
    `a[$(${touch})]`,
    `!${touch}`,
    `() { :;}; ${touch}`,
    `() { ${touch}; }`,
    `-c ${touch}`,
    `--config=${evil}`,
    `@${evil}`,
    `__import__('os').system('${touch}')`,
    `require('fs').writeFileSync('${canary}', '')`,
    `%0a${touch}`,
    `file://${evil}`,
    '*',
    '?',
    '[a-z]',
    '{a,b}',
    '\\',
    '%s%n',
    '~',
    '-',
    '#',
  ];
  const loaders = ['BASH_ENV', 'ENV', 'LD_PRELOAD', 'NODE_OPTIONS', 'PYTHONPATH', 'PYTHONSTARTUP'];
  const variables = {
    ...Object.fromEntries(attacks.map((attack, index) => [`v${index}`, attack])),
    ...Object.fromEntries(loaders.map((name) => [name, evil])),
    PATH: folder,
    IFS: '/',
    'BASH_FUNC_cat%%': `() { ${touch}; }`,
  };
  return { attacks, variables };
}
