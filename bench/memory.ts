/** Memory of an idle Node-RED, without the package and with it and a flow of its six nodes. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startCrm } from '../test/support/crm.ts';
import { startNodeRed, type NodeRedOptions } from '../test/support/node-red-process.ts';
import { credentials, mainJobFlow } from '../test/e2e/main-job-flow.ts';
import { median, usageOf } from './peer.ts';
import { atMost, plain, print } from './table.ts';

const starts = 5;
const readings = 5;
const mebibyte = 1024 * 1024;

export async function compareMemory(): Promise<void> {
  const crm = await startCrm();
  const preload = join(import.meta.dirname, 'usage.ts');
  const scripts = { folders: [import.meta.dirname] };
  const without: NodeRedOptions = { preload, installed: false };
  const installed: NodeRedOptions = {
    preload,
    flows: mainJobFlow(crm, join(import.meta.dirname, 'usage.ts')),
    credentials,
    settings: { whatsappTriggers: { scripts } },
  };
  const figures = { without: [] as number[], installed: [] as number[] };
  for (let start = 0; start < starts; start += 1) {
    figures.without.push(await settledMemory(without));
    figures.installed.push(await settledMemory(installed));
  }
  await crm.close();
  const [bare, full] = [median(figures.without), median(figures.installed)];
  print(`(g) Memory of an idle Node-RED: medians of ${starts} interleaved starts`, [
    plain('without the package', bare, 'MB'),
    plain('with a flow of all six nodes', full, 'MB'),
    atMost('added', full - bare, 15, 'MB'),
  ]);
}

async function settledMemory(options: NodeRedOptions): Promise<number> {
  const nodeRed = await startNodeRed(options);
  const values: number[] = [];
  for (let reading = 0; reading < readings; reading += 1) {
    await sleep(600);
    values.push((await usageOf(nodeRed.process, 'collect')).rss / mebibyte);
  }
  await nodeRed.remove();
  return median(values);
}
