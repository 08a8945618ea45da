/** Script tests: a folder of safe copies of the fixtures, and a line that running scripts ring. */
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { chmod, copyFile, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const fixtures = join(import.meta.dirname, '../fixtures/scripts');

export interface ScriptFolder {
  readonly path: string;
  /** Copies a fixture, since a checkout has the rights that the developer's umask gave it. */
  add(fixture: string, mode?: number): Promise<string>;
  write(name: string, text: string, mode?: number): Promise<string>;
  /** A folder beside the allowed one. */
  readonly outside: string;
}

/** A new folder for each test of a describe block. */
export function useScriptFolder(): ScriptFolder {
  const folder = { path: '', outside: '' };
  beforeEach(async () => {
    const base = await realpath(await mkdtemp(join(tmpdir(), 'scripts-test-')));
    folder.path = await mkdtemp(join(base, 'allowed-'));
    folder.outside = await mkdtemp(join(base, 'outside-'));
  });
  // A script that was just ended may still be writing its last.
  afterEach(() => rm(join(folder.path, '..'), { recursive: true, maxRetries: 10 }));
  return Object.assign(folder, {
    async add(fixture: string, mode = 0o755) {
      const file = join(folder.path, fixture);
      await copyFile(join(fixtures, fixture), file);
      await chmod(file, mode);
      return file;
    },
    async write(name: string, text: string, mode = 0o755) {
      const file = join(folder.path, name);
      await writeFile(file, text);
      await chmod(file, mode);
      return file;
    },
  });
}

/** A script's connection: it lasts as long as the process that opened it. */
export interface Call {
  readonly label: string;
  readonly ended: Promise<void>;
  answer(text: string): void;
}

export interface Line {
  readonly port: number;
  /** The next call that comes in. */
  next(): Promise<Call>;
  /** How many calls are open. */
  open(): number;
}

/** A port that the scripts of a test call (`$WA_PORT`): each writes one line and keeps the connection. */
export function useLine(): Line {
  const line = { port: 0 };
  const calls: Call[] = [];
  const waiting: ((call: Call) => void)[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    const ended = once(socket, 'close').then(() => void sockets.delete(socket));
    createInterface(socket).once('line', (label) => {
      const call = { label, ended, answer: (text: string) => void socket.end(`${text}\n`) };
      const next = waiting.shift();
      if (next) next(call);
      else calls.push(call);
    });
  });
  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    line.port = (server.address() as AddressInfo).port;
  });
  after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return Object.assign(line, {
    next() {
      const call = calls.shift();
      if (call) return Promise.resolve(call);
      return new Promise<Call>((resolve) => waiting.push(resolve));
    },
    open: () => sockets.size,
  });
}

/** The process ids of this process's script helpers. */
export function helperPids(): number[] {
  return helpersOf(process.pid);
}

/** The process ids of the script helpers of a process. */
export function helpersOf(owner: number): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && parentOf(pid) === owner && isHelper(pid));
}

/** Resolves when there is no helper any more. */
export async function helpersGone(): Promise<void> {
  while (helperPids().length > 0) await new Promise((resolve) => setTimeout(resolve, 10));
}

function parentOf(pid: number): number | undefined {
  const [, parent] = /^PPid:\s*(\d+)/m.exec(readProc(pid, 'status')) ?? [];
  return parent === undefined ? undefined : Number(parent);
}

function isHelper(pid: number): boolean {
  return readProc(pid, 'cmdline').includes('script/helper.');
}

function readProc(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}
