/**
 * `npm run test:crash -- [--kills N] [--seed S] [--report file]`: kills Node-RED again and again under load
 * and then asks whether every acknowledged message is accounted for (reliability: "no acknowledged event
 * is lost, none is acted on twice without saying so").
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startNodeRed, stopEveryNodeRed } from '../support/node-red-process.ts';
import { crashFlow, credentials, webhookPath } from './flow.ts';
import { balance, type Effect } from './ledger.ts';
import { type Arms, disarm, live } from './lives.ts';
import type { LoadOrder, LoadReport } from './load.ts';
import { planKills } from './plan.ts';
import { points } from './point-names.ts';
import { randomFrom } from './random.ts';
import { describeLongRun, describeRun, type Run } from './report.ts';
import type { SinkReport } from './sink.ts';
import { storeContents } from './store-contents.ts';
import { startWorker, type Worker } from './worker.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '30' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    report: { type: 'string' },
  },
});
const kills = Number(values.kills);
const seed = Number(values.seed);

/** Messages a second: enough to keep work under way, not more than two cores get done. */
const rate = 200;
/** With nothing new at the sink for so long, nothing more is to come. */
const quietMs = 8_000;
const shown = 20;

process.exitCode = 1;
const sink = startWorker('sink.ts');
const load = startWorker('load.ts');
try {
  const run = await crash(sink, load);
  print(describeRun(run));
  if (values.report !== undefined) await writeFile(values.report, describeLongRun(run));
  const wrong = [...run.ledger.violations, ...stuck(run), ...turnedAway(run), ...unreached(run)];
  for (const each of wrong.slice(0, shown)) print(each);
  if (wrong.length > 0) print(`${wrong.length} violations, seed ${seed}`);
  else process.exitCode = 0;
} finally {
  load.end();
  sink.end();
  await stopEveryNodeRed();
}

async function crash(sink: Worker, load: Worker): Promise<Run> {
  const begin = performance.now();
  const { port } = await sink.hear<{ port: number }>();
  const arms: Arms = {};
  const nodeRed = await startNodeRed({
    flows: crashFlow(port),
    credentials,
    settings: { disableEditor: true },
    preload: join(import.meta.dirname, 'points.ts'),
    environment: arms,
  });
  load.tell({ url: nodeRed.url + webhookPath, seed, rate } satisfies LoadOrder);
  await nodeRed.kill();
  const lives = await live(nodeRed, arms, planKills(kills, randomFrom(seed)), (done) => {
    if (done % 100 === 0) print(`${done} kills`);
  });
  disarm(arms);
  await nodeRed.start();
  const loaded = load.hear<LoadReport>();
  load.tell('stop');
  const report = await loaded;
  await untilQuiet(sink, report.sent.length);
  await nodeRed.kill();
  const { effects } = await ask<{ effects: Effect[] }>(sink, 'effects');
  const ledger = balance({ ...report, effects, ...storeContents(nodeRed.userDir) });
  await nodeRed.remove();
  const seconds = (performance.now() - begin) / 1000;
  return { kills, seed, seconds, lives, load: report, ledger };
}

async function untilQuiet(sink: Worker, expected: number): Promise<void> {
  let last = -1;
  for (let quiet = 0; quiet < quietMs; quiet += 250) {
    await sleep(250);
    const { count, settled } = await ask<Extract<SinkReport, { count: number }>>(sink, 'count');
    if (count !== last) quiet = 0;
    else if (settled >= expected) return;
    last = count;
  }
}

function ask<Report>(worker: Worker, word: string): Promise<Report> {
  const report = worker.hear<Report>();
  worker.tell(word);
  return report;
}

/** The last life was long enough for everything that was left. */
function stuck({ ledger }: Run): string[] {
  return ledger.pending.map((id) => `stuck: ${id} still waits, though nothing holds it`);
}

/** Providers send again what was answered 5xx; after a 4xx many of them do not. */
function turnedAway({ load }: Run): string[] {
  return Object.entries(load.answers)
    .filter(([answer]) => answer.startsWith('4'))
    .map(([answer, count]) => `turned away: ${count} requests were answered ${answer}`);
}

function unreached({ lives }: Run): string[] {
  if (kills < points.length) return [];
  return points
    .filter(({ name }) => !lives.tally.get(name)?.reached)
    .map(({ name }) => `not tested: no kill came to "${name}"`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
