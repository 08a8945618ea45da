import assert from 'node:assert/strict';
import { once } from 'node:events';
import { textWebhook } from '../fixtures/meta.ts';
import '../support/e2e.ts';
import { type NodeRed, startNodeRed } from '../support/node-red-process.ts';
import { type Call, helpersOf, useLine, useScriptFolder } from '../support/scripts.ts';
import { postWebhook } from '../support/webhook.ts';
import { credentials, scriptFlow } from './misbehaving-flow.ts';

const places = 4;
const waiting = 10;

describe('Scripts, when Node-RED and its helper are killed at once', () => {
  const folder = useScriptFolder();
  const line = useLine();
  let nodeRed: NodeRed;
  afterEach(() => nodeRed?.remove());

  /** Each run rings with the key of its event, and lasts until it is answered. */
  const ring = (port: number): string =>
    `exec 9<>/dev/tcp/127.0.0.1/${port}\necho "$WA_EVENT_KEY" >&9\nread -r -u 9 answer\n`;

  it('runs in the end all that ran or waited, with the same keys, and leaves nothing behind', async () => {
    await folder.write('ring.bash', ring(line.port));
    nodeRed = await startNodeRed({
      flows: scriptFlow('ring.bash'),
      credentials,
      settings: { whatsappTriggers: { scripts: { folders: [folder.path] } } },
    });
    const contacts = Array.from({ length: places + waiting }, (_, n) => `39333000${100 + n}`);
    await Promise.all(contacts.map((waId) => send(waId)));
    const cut = await rings(places);
    await crash();

    await nodeRed.start();
    const again: string[] = [];
    for (let served = 0; served < contacts.length; served++) {
      const call = await line.next();
      assert.ok(line.open() <= places, 'what the crash left was ended before');
      again.push(call.label);
      call.answer('');
      await call.ended;
    }
    await Promise.all(cut.map(({ ended }) => ended));
    assert.equal(new Set(again).size, contacts.length);
    for (const { label } of cut) assert.ok(again.includes(label), 'a cut run comes again');

    await nothingInFlight();
    assert.equal(line.open(), 0);
  });

  async function send(waId: string): Promise<void> {
    const answer = await postWebhook(
      `${nodeRed.url}/whatsapp/messages`,
      textWebhook('run', { waId }),
    );
    assert.equal(answer.status, 200);
  }

  function rings(count: number): Promise<Call[]> {
    return Promise.all(Array.from({ length: count }, () => line.next()));
  }

  /** As when a service manager kills the whole group: the helper has no time to clear away. */
  async function crash(): Promise<void> {
    const helpers = helpersOf(nodeRed.process.pid!);
    assert.equal(helpers.length, 1);
    helpers.forEach((pid) => process.kill(pid, 'SIGSTOP'));
    const ended = once(nodeRed.process, 'exit');
    await nodeRed.kill();
    await ended;
    helpers.forEach((pid) => process.kill(pid, 'SIGKILL'));
    assert.equal(line.open(), places, 'the crash leaves scripts behind');
  }

  async function nothingInFlight(): Promise<void> {
    const zero = /^whatsapp_triggers_events_in_flight 0$/m;
    while (!zero.test(await nodeRed.metrics())) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
});
