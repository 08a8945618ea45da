import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

interface Run {
  readonly folder: string;
  readonly port: number;
  /** Called once, when the flow runs. */
  readonly started: () => void;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export async function refuseBusyPort(port: number): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'EADDRINUSE' ? 'is in use' : `cannot be used (${cause.code})`;
      reject(new Error(`Port ${port} ${why}. Choose another one: npm start -- --port ${port + 1}`));
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  await new Promise((resolve) => server.close(resolve));
}

/**
 * Runs Node-RED until it ends or a signal ends it; answers the exit code. Of what it says before
 * the flow runs, errors are shown, and all of it when the flow never runs.
 */
export async function runNodeRed({ folder, port, started }: Run): Promise<number> {
  const program = createRequire(import.meta.url).resolve('node-red/red.js');
  const options = ['--userDir', folder, '--settings', `${folder}/settings.js`, '--port', `${port}`];
  const child = spawn(process.execPath, [program, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = (): void => void child.kill('SIGTERM');
  for (const signal of signals) process.on(signal, stop);

  let held: string[] | undefined = [];
  createInterface(child.stdout).on('line', (line) => {
    if (!held) return console.log(line);
    held.push(line);
    if (!line.includes('Started flows')) return;
    for (const early of held) if (early.includes('[error]')) console.error(early);
    held = undefined;
    started();
  });
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve(status ?? 0));
  });
  for (const signal of signals) process.off(signal, stop);
  if (held) console.error(held.join('\n'));
  return code;
}
