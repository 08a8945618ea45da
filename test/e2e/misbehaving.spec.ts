import assert from 'node:assert/strict';
import { once } from 'node:events';
import { change, message, type Part, text, webhook } from '../fixtures/meta.ts';
import '../support/e2e.ts';
import { type NodeRed, startNodeRed } from '../support/node-red-process.ts';
import { postWebhook } from '../support/webhook.ts';
import { credentials, functionFlow } from './misbehaving-flow.ts';

interface TriggerLog {
  readonly entries: readonly { readonly kind: string; readonly [property: string]: unknown }[];
  readonly quarantined: readonly { readonly reason: string; readonly body: string }[];
}

describe('A flow that misbehaves', () => {
  let nodeRed: NodeRed;
  afterEach(() => nodeRed?.remove());

  const from = (contact: number, words: string): Part =>
    message(text(words), { waId: `39333000${100 + contact}` });

  async function send(messages: readonly Part[]): Promise<number> {
    const body = webhook([change({ messages })]);
    return (await postWebhook(`${nodeRed.url}/whatsapp/messages`, body)).status;
  }

  const printed = (): readonly string[] =>
    [...nodeRed.log.matchAll(/\[debug:out\] (.*)$/gm)].map(([, words = '']) => words);

  async function until(fulfilled: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await fulfilled())) await new Promise((resolve) => setTimeout(resolve, 50));
  }

  it('by keeping the messages of one contact: it is named, and the rest goes on', async () => {
    const leak = `
      if (msg.payload.contact.phone.endsWith('103')) return;
      node.send(msg);
      node.done();`;
    nodeRed = await startNodeRed({
      flows: functionFlow('Leaky', leak),
      credentials,
      settings: { whatsappTriggers: { holdMinutes: 0.03 } },
    });
    const contacts = Array.from({ length: 10 }, (_, contact) => contact);
    const rounds = Array.from({ length: 300 }, (_, round) => round);
    for (const round of rounds) {
      const messages = contacts.map((contact) => from(contact, `${contact} says ${round}`));
      assert.equal(await send(messages), 200);
    }
    await until(() => printed().length >= 2_700);
    for (const contact of contacts) {
      const said = printed().filter((words) => words.startsWith(`${contact} says`));
      const all = contact === 3 ? [] : rounds.map((round) => `${contact} says ${round}`);
      assert.deepEqual(said, all);
    }
    const letGo = /^whatsapp_triggers_events_let_go_total\{node="f",name="Leaky",.*\} 300$/m;
    await until(async () => letGo.test(await nodeRed.metrics()));
    assert.match(nodeRed.log, /function "Leaky" has kept \d+ message\(s\)/);
    const { entries } = await nodeRed.adminJson<TriggerLog>('/whatsapp-triggers/log?limit=1000');
    const named = entries.find(({ kind }) => kind === 'let go');
    assert.deepEqual(named?.['node'], { id: 'f', type: 'function', name: 'Leaky' });
    assert.match(await nodeRed.metrics(), /^whatsapp_triggers_events_in_flight 0$/m);
  });

  it('by ending the process: only the event that does it is set aside, after the third time', async () => {
    const poison = `
      if (msg.payload.message.text === 'poison') Promise.reject(new Error('a forgotten await'));
      return msg.payload.message.text === 'held' ? [null, msg] : [msg, null];`;
    nodeRed = await startNodeRed({ flows: functionFlow('Fatal', poison), credentials });
    const first = ended();
    await send([
      from(1, 'held'),
      from(2, 'poison'),
      from(2, 'after the poison'),
      from(3, 'another contact'),
    ]).catch(() => undefined);
    await first;
    let deaths = 1;
    while (deaths < 6 && !(await staysUp())) deaths += 1;
    assert.equal(deaths, 3);

    await until(() => ['after the poison', 'another contact', 'held'].every(wasPrinted));
    const log = await nodeRed.adminJson<TriggerLog>('/whatsapp-triggers/log');
    assert.equal(log.quarantined.length, 1);
    assert.match(log.quarantined[0]!.reason, /died 3 times/);
    assert.match(log.quarantined[0]!.body, /"poison"/);
    assert.equal(log.entries.filter(({ kind }) => kind === 'set aside').length, 1);
    const metrics = await nodeRed.metrics();
    assert.match(metrics, /^whatsapp_triggers_quarantined_total\{reason="crashes"\} 1$/m);
    assert.match(metrics, /^whatsapp_triggers_quarantine\{.*\} 1$/m);
    assert.equal(await send([from(2, 'all is well')]), 200);
    await until(() => wasPrinted('all is well'));
  });

  const wasPrinted = (words: string): boolean => printed().includes(words);

  async function ended(): Promise<void> {
    const { process: child } = nodeRed;
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }

  /** Starts Node-RED again; answers whether it lives to pass on what came after the poison. */
  async function staysUp(): Promise<boolean> {
    const from = nodeRed.log.length;
    const started = nodeRed.start().then(
      () => nodeRed.waitForLog(/\[debug:out\] after the poison/, from),
      () => undefined,
    );
    await started.catch(() => undefined);
    return /\[debug:out\] after the poison/.test(nodeRed.log.slice(from));
  }
});
