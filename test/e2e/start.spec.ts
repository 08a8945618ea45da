import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import '../support/e2e.ts';
import { logIn } from '../support/agents-page.ts';
import { freePort } from '../support/node-red-process.ts';
import { openPage } from '../support/watched-page.ts';

const root = join(import.meta.dirname, '../..');
const left = new Set(['node_modules', 'dist', 'coverage', '.git', '.demo', 'test', 'docs']);

interface Started {
  readonly process: ChildProcess;
  readonly printed: () => string;
}

describe('npm start', () => {
  let clone: string;
  let port: number;
  const started: ChildProcess[] = [];

  before(async () => {
    clone = await mkdtemp(join(tmpdir(), 'whatsapp-triggers-clone-'));
    for (const entry of await readdir(root)) {
      if (!left.has(entry)) await cp(join(root, entry), join(clone, entry), { recursive: true });
    }
    await symlink(join(root, 'node_modules'), join(clone, 'node_modules'), 'junction');
    port = await freePort();
  });
  after(async () => {
    await Promise.all(started.map(interrupt));
    await rm(clone, { recursive: true, force: true, maxRetries: 10 });
  });

  function npmStart(...args: string[]): Started {
    const child = spawn('npm', ['start', '--', '--port', String(port), ...args], {
      cwd: clone,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    started.push(child);
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        printed += text;
        child.emit('printed');
      });
    }
    return { process: child, printed: () => printed };
  }

  /** The password of the demo, as soon as everything is said. */
  async function password({ process, printed }: Started): Promise<string> {
    for (;;) {
      const found = /password\s+(\S+)/.exec(printed())?.[1];
      if (found !== undefined) return found;
      if (process.exitCode !== null) throw new Error(`npm start ended:\n${printed()}`);
      await once(process, 'printed');
    }
  }

  /** What Ctrl-C does in a terminal: the signal goes to the whole group. */
  async function interrupt(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    const ended = once(child, 'close');
    process.kill(-child.pid, 'SIGINT');
    await ended;
  }

  it('shows a newcomer a popup with what was typed into the simulator', async () => {
    const demo = npmStart('--fresh');
    const secret = await password(demo);
    const said = demo.printed();
    const address = (name: RegExp) => name.exec(said)?.[1] ?? assert.fail(`${name} not in ${said}`);
    const user = address(/user name\s+(\S+)/);
    const editor = await openPage();
    // The editor's palette manager asks for the catalogue of all nodes; a test stays on this machine.
    await editor.page.route(/^https:/, (route) => route.fulfill({ json: { modules: [] } }));
    await editor.page.goto(address(/Editor\s+(http\S+)/));
    await editor.page.locator('.red-ui-flow-node').first().waitFor();

    const desk = await openPage();
    await logIn(desk.page, address(/Agents' page\s+(http\S+)/), user, secret);
    const phone = await openPage();
    await phone.page.goto(address(/Simulator\s+(http\S+)/));
    await phone.page.getByRole('textbox', { name: 'Message' }).fill('Perché non parte? 📦');
    await phone.page.getByRole('button', { name: 'Send', exact: true }).click();
    const popup = desk.page.getByRole('dialog').first();
    await popup.waitFor();
    await popup.frameLocator('iframe').getByText('Perché non parte? 📦').first().waitFor();

    assert.deepEqual([...editor.complaints, ...desk.complaints, ...phone.complaints], []);
    await Promise.all([editor.close(), desk.close(), phone.close()]);
  });

  it('says clearly that a port is in use', async () => {
    const second = npmStart();
    await once(second.process, 'close');
    assert.notEqual(second.process.exitCode, 0);
    assert.match(second.printed(), new RegExp(`Port ${port} is in use`));
    assert.doesNotMatch(second.printed(), /at .*\.ts:\d+/);
  });

  it('says clearly that a port is none', async () => {
    const wrong = npmStart('--port', '99999');
    await once(wrong.process, 'close');
    assert.notEqual(wrong.process.exitCode, 0);
    assert.match(wrong.printed(), /"99999" is no port/);
  });

  it('keeps the demo until it is asked to begin anew', async () => {
    const [first] = started;
    if (!first) assert.fail('Nothing was started.');
    await interrupt(first);
    const again = npmStart();
    const kept = await password(again);
    await interrupt(again.process);
    const fresh = npmStart('--fresh');
    assert.notEqual(await password(fresh), kept);
    await interrupt(fresh.process);
  });
});
