/** How long the event loop of a big process stands still while a script is started. */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Starts } from './big-process.ts';
import { startPeer, word } from './peer.ts';
import { atMost, plain, print } from './table.ts';

export async function startScripts(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'whatsapp-triggers-bench-'));
  const script = join(folder, 'nothing.sh');
  await writeFile(script, 'exit 0\n');
  await chmod(script, 0o700);
  const big = startPeer('big-process.ts', { args: [script] });
  const { memory, first, runner, spawned } = await word<Starts>(big, 'starts');
  print(`(f) Event loop blocked by the start of a script, ${memory} MiB in use; medians`, [
    plain('child_process.spawn', spawned, 'ms', 2),
    atMost('script node', runner, 0.5, 'ms', 2),
    plain('its first script', first, 'ms', 2),
  ]);
  big.kill();
  await rm(folder, { recursive: true });
}
