import assert from 'node:assert/strict';
import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import '../support/e2e.ts';
import { type NodeRed, startNodeRed } from '../support/node-red-process.ts';
import { smallDisk, type SmallDisk } from '../support/small-disk.ts';
import {
  credentials,
  durabilityFlow,
  post,
  startStream,
  startTarget,
  type Target,
} from './durability-flow.ts';

const kinds = ['full', 'flows', 'nodes'] as const;

describe('What was acknowledged', () => {
  let disk: SmallDisk;
  let target: Target;
  let nodeRed: NodeRed;
  const file = () => join(disk.path, 'store.sqlite');

  before(async () => {
    disk = await smallDisk(48);
    target = await startTarget();
    nodeRed = await startNodeRed({
      flows: durabilityFlow(target, file()),
      credentials,
      settings: { whatsappTriggers: { inbox: { freePercent: 0, freeBytes: 1024 * 1024 } } },
    });
  });
  after(async () => {
    await nodeRed?.remove();
    await target?.close();
    await disk?.remove();
  });

  const arrivalsOf = (words: string) => target.arrivals.filter(({ text }) => text === words);

  it('reaches the target over ten deploys under load; what comes twice says so, under one key', async () => {
    const stream = startStream(nodeRed);
    for (let revision = 1; revision <= 10; revision += 1) {
      await setTimeout(150);
      const flow = durabilityFlow(target, file(), revision);
      await nodeRed.deploy(flow, kinds[revision % kinds.length]);
    }
    const acknowledged = await stream.stop();
    await target.has(acknowledged);
    assert.ok(acknowledged.size > 300, `only ${acknowledged.size} were acknowledged`);
    for (const words of acknowledged) {
      const [first, ...repeats] = arrivalsOf(words);
      for (const repeat of repeats) assert.deepEqual(repeat, { ...first, again: true });
    }
    const repeated = [...acknowledged].filter((words) => arrivalsOf(words).length > 1);
    assert.ok(repeated.length < acknowledged.size / 10, `${repeated.length} were repeated`);
  });

  it('is finished or handed back within ten seconds of a SIGTERM', async () => {
    const quick = Array.from({ length: 20 }, (_, n) => `quick ${n}`);
    const under = ['slow work', 'hanging work', 'hang'];
    for (const words of [...quick, ...under]) {
      assert.equal((await post(nodeRed, words)).status, 200);
    }
    await target.has([...quick, ...under]);
    const began = performance.now();
    await nodeRed.stop();
    const seconds = (performance.now() - began) / 1_000;
    assert.ok(seconds < 10, `it took ${seconds} s`);
    await nodeRed.start();
    await post(nodeRed, 'after the start');
    await target.has(['after the start']);
    const again = () => arrivalsOf('hang').length === 2;
    while (!again()) await setTimeout(50);
    const [first, second] = arrivalsOf('hang');
    assert.deepEqual(second, { ...first, again: true });
    for (const words of [...quick, 'slow work']) assert.equal(arrivalsOf(words).length, 1, words);
  });

  it('is kept while the disk is full, webhooks are asked to come again, and it goes on by itself', async () => {
    await disk.fill();
    const taken: string[] = [];
    let refused: Response | undefined;
    for (let n = 0; !refused; n += 1) {
      const answer = await post(nodeRed, `tight ${n}`);
      if (answer.status === 200) taken.push(`tight ${n}`);
      else refused = answer;
    }
    assert.equal(refused.status, 503);
    assert.ok(Number(refused.headers.get('retry-after')) > 0);
    await disk.free();
    while ((await post(nodeRed, 'room again')).status !== 200) await setTimeout(200);
    await target.has([...taken, 'room again']);
  });

  it('is not given up in silence: a damaged store is refused, and left as it is', async () => {
    await nodeRed.stop();
    const whole = await readFile(file());
    await truncate(file(), whole.length / 2);
    const from = nodeRed.log.length;
    await nodeRed.start();
    await nodeRed.waitForLog(/The store \S+ cannot be used: \S/, from);
    assert.equal((await post(nodeRed, 'too early')).status, 503);
    await nodeRed.stop();
    assert.deepEqual(await readFile(file()), whole.subarray(0, whole.length / 2));
    await writeFile(file(), whole);
    await nodeRed.start();
    assert.equal((await post(nodeRed, 'whole again')).status, 200);
    await target.has(['whole again']);
  });
});
