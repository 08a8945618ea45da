/**
 * Node-RED as a user runs it: a process of its own with a user directory of its own, in which the
 * packed package is installed. Line 5 is the newest Node-RED, 4 is the oldest that we support.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installPackage, packageName, removePackedPackage } from './packed-package.ts';

export type Line = 5 | 4;
export const lines: readonly Line[] = [5, 4];

export interface FlowItem {
  readonly id: string;
  readonly type: string;
  readonly [property: string]: unknown;
}

export interface NodeRedOptions {
  readonly line?: Line;
  /** Added to settings.js; anything that JSON can say. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly flows?: readonly FlowItem[];
  /** The credentials file, by node id. */
  readonly credentials?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Loaded into the process before Node-RED; it is spoken to over the IPC channel. */
  readonly preload?: string;
  /** Added to the environment of the process. */
  readonly environment?: Readonly<Record<string, string>>;
  /** false starts Node-RED without the package. */
  readonly installed?: boolean;
}

const root = join(import.meta.dirname, '../..');
const programs: Record<Line, string> = {
  5: join(root, 'node_modules/node-red/red.js'),
  4: join(root, 'node_modules/node-red-4/red.js'),
};
const running = new Set<NodeRed>();

/** A user directory with the package installed, flows and credentials as files; then `node red.js`. */
export async function startNodeRed(options: NodeRedOptions = {}): Promise<NodeRed> {
  const userDir = await mkdtemp(join(tmpdir(), 'whatsapp-triggers-user-'));
  if (options.installed ?? true) await installPackage(userDir);
  const dependencies = (options.installed ?? true) ? { [packageName]: '*' } : {};
  await mkdir(join(userDir, 'node_modules'), { recursive: true });
  await writeJson(join(userDir, 'package.json'), { name: 'user', version: '1.0.0', dependencies });
  await writeJson(join(userDir, 'flows.json'), options.flows ?? []);
  await writeJson(join(userDir, 'flows_cred.json'), options.credentials ?? {});
  const nodeRed = new NodeRed(userDir, await freePort(), options);
  await nodeRed.start();
  return nodeRed;
}

/** Ends whatever a failed test left running. */
export async function stopEveryNodeRed(): Promise<void> {
  await Promise.all([...running].map((nodeRed) => nodeRed.remove()));
  await removePackedPackage();
}

export class NodeRed {
  readonly url: string;
  #child: ChildProcess | undefined;
  #log = '';
  #heard = new Set<() => void>();
  readonly userDir: string;
  readonly port: number;
  readonly #options: NodeRedOptions;

  constructor(userDir: string, port: number, options: NodeRedOptions) {
    this.userDir = userDir;
    this.port = port;
    this.#options = options;
    this.url = `http://127.0.0.1:${port}`;
  }

  get process(): ChildProcess {
    if (!this.#child) throw new Error('Node-RED is not running.');
    return this.#child;
  }

  /** Everything that the process has printed. */
  get log(): string {
    return this.#log;
  }

  /** Starts the process at once, also anew after `stop` or `kill`; resolves when its flows run. */
  async start(): Promise<void> {
    const { line = 5, settings, preload, environment } = this.#options;
    writeFileSync(join(this.userDir, 'settings.js'), settingsFile(settings ?? {}));
    const from = this.#log.length;
    const preloading = preload ? ['--expose-gc', '--import', preload] : [];
    const child = spawn(
      process.execPath,
      [...preloading, programs[line], ...this.#programArguments()],
      {
        env: { ...plainEnvironment(), ...environment },
        stdio: ['ignore', 'pipe', 'pipe', ...(preload ? (['ipc'] as const) : [])],
      },
    );
    this.#child = child;
    running.add(this);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => this.#hear(text));
    }
    child.once('exit', () => this.#hear('\n[the process has ended]\n'));
    await this.waitForLog(/Started flows/, from);
    await this.waitForLog(/Server now running/, from);
  }

  #programArguments(): string[] {
    const { userDir, port } = this;
    const settings = join(userDir, 'settings.js');
    return ['--userDir', userDir, '--settings', settings, '--port', String(port)];
  }

  #hear(text: string): void {
    this.#log += text;
    for (const listener of this.#heard) listener();
  }

  /** Resolves when what was printed from the given place on matches; an ended process rejects. */
  waitForLog(pattern: RegExp, from = 0): Promise<string> {
    return new Promise((resolve, reject) => {
      const listener = () => {
        const printed = this.#log.slice(from);
        const ended = printed.includes('[the process has ended]');
        if (!pattern.test(printed) && !ended) return;
        this.#heard.delete(listener);
        clearTimeout(patience);
        if (pattern.test(printed)) resolve(printed);
        else reject(new Error(`Node-RED ended before it said ${pattern}:\n${printed}`));
      };
      const patience = setTimeout(() => {
        this.#heard.delete(listener);
        reject(new Error(`Node-RED did not say ${pattern}:\n${this.#log.slice(from)}`));
      }, 30_000);
      this.#heard.add(listener);
      listener();
    });
  }

  /** Deploys as the editor's Deploy button does, everything anew or what has changed; a node may carry its `credentials`. */
  async deploy(
    flows: readonly FlowItem[],
    kind: 'full' | 'flows' | 'nodes' = 'full',
  ): Promise<void> {
    const from = this.#log.length;
    const answer = await fetch(`${this.url}/flows`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'node-red-api-version': 'v2',
        'node-red-deployment-type': kind,
      },
      body: JSON.stringify({ flows }),
    });
    if (!answer.ok) throw new Error(`Deploy was answered ${answer.status}: ${await answer.text()}`);
    await this.waitForLog(/Started (modified )?(flows|nodes)/, from);
  }

  /** The deployed flows, as the editor reads them. */
  async flows(): Promise<readonly FlowItem[]> {
    const answer = await fetch(`${this.url}/flows`, {
      headers: { 'node-red-api-version': 'v2', accept: 'application/json' },
    });
    return ((await answer.json()) as { flows: FlowItem[] }).flows;
  }

  async adminJson<T>(path: string): Promise<T> {
    const answer = await fetch(this.url + path, { headers: { accept: 'application/json' } });
    if (!answer.ok) throw new Error(`${path} was answered ${answer.status}`);
    return (await answer.json()) as T;
  }

  /** What a Prometheus server would be told. */
  async metrics(): Promise<string> {
    const answer = await fetch(`${this.url}/whatsapp-triggers/metrics`);
    if (!answer.ok) throw new Error(`The metrics were answered ${answer.status}`);
    return answer.text();
  }

  /** Ends the process the polite way, as a service manager does. */
  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  /** Ends the process as a power cut does. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    running.delete(this);
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    const patience = setTimeout(() => child.kill('SIGKILL'), 20_000);
    await ended;
    clearTimeout(patience);
  }

  /** Stops the process and removes its user directory. */
  async remove(): Promise<void> {
    await this.stop();
    await rm(this.userDir, { recursive: true, force: true, maxRetries: 10 });
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A test's own environment must not reach Node-RED, nor mocha's settings. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, LANG, TMPDIR, SystemRoot } = process.env;
  return { PATH, HOME, LANG, TMPDIR, SystemRoot };
}

function settingsFile(added: Readonly<Record<string, unknown>>): string {
  const settings = {
    uiHost: '127.0.0.1',
    flowFile: 'flows.json',
    credentialSecret: false,
    editorTheme: { tours: false, palette: { catalogues: [] } },
    telemetry: { enabled: false, updateNotification: false },
    ...added,
  };
  return `module.exports = ${JSON.stringify(settings, null, 2)};\n`;
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await writeFile(path, JSON.stringify(value, null, 2));
}
