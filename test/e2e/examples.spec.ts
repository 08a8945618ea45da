import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WhatsAppEvent } from '../../src/event/event.ts';
import type { SendRequest } from '../../src/simulator/protocol.ts';
import '../support/e2e.ts';
import { type FlowItem, type NodeRed, startNodeRed } from '../support/node-red-process.ts';

const examples = join(import.meta.dirname, '../../examples');
const customer = { name: 'Zoë Müller 😎', phone: '+491510000103' };

describe('The example', () => {
  let nodeRed: NodeRed;
  let page: AbortController;

  beforeEach(() => {
    page = new AbortController();
  });
  afterEach(async () => {
    page.abort();
    await nodeRed?.remove();
  });

  const simulator = () => `${nodeRed.url}/whatsapp-triggers/simulator`;

  async function write(account: string, text: string): Promise<void> {
    const request: SendRequest = { account, customer, happening: { kind: 'text', text } };
    const { status } = await fetch(`${simulator()}/send`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    });
    assert.equal(status, 200);
  }

  /** The events that the simulator's page is told, as they come. */
  async function* watch(): AsyncGenerator<WhatsAppEvent> {
    const { body } = await fetch(`${simulator()}/events`, { signal: page.signal });
    assert.ok(body);
    let heard = '';
    for await (const piece of body.pipeThrough(new TextDecoderStream())) {
      heard += piece;
      const frames = heard.split('\n\n');
      heard = frames.pop() ?? '';
      for (const frame of frames) {
        const [, data] = /^data: (.*)$/m.exec(frame) ?? [];
        if (data !== undefined) yield JSON.parse(data) as WhatsAppEvent;
      }
    }
  }

  /** Waits for the events until there is one of each, by name and text or status. */
  async function meet(events: AsyncGenerator<WhatsAppEvent>, wanted: readonly string[]) {
    const missing = new Set(wanted);
    while (missing.size > 0) {
      const { value } = await events.next();
      const { name, message, delivery, interaction } = value as WhatsAppEvent;
      missing.delete(`${name}: ${delivery?.status ?? message?.text ?? interaction.reason}`);
    }
  }

  it('"Auto-reply and close" greets who begins, and closes when they say thanks', async () => {
    const file = join(examples, '8 Auto-reply and close.json');
    const flows = JSON.parse(await readFile(file, 'utf8')) as FlowItem[];
    const account = flows.find(({ type }) => type === 'whatsapp-account')?.id ?? '';
    nodeRed = await startNodeRed({ flows });
    const events = watch();
    const greeting =
      'message.outgoing: Hello Zoë Müller 😎, we have your message and answer within the hour.';
    const statuses = ['sent', 'delivered', 'read'].map((status) => `delivery: ${status}`);

    await write(account, 'Where is my order?');
    await meet(events, ['message.incoming: Where is my order?', greeting, ...statuses]);
    await write(account, 'Thanks!');
    await meet(events, [
      'message.outgoing: You are welcome. Good-bye!',
      ...statuses,
      'interaction.closed: customer said thanks',
    ]);
    await write(account, 'One more thing');
    await meet(events, [greeting]);
    assert.doesNotMatch(nodeRed.log, /\[(warn|error)\] \[/);
  });
});
