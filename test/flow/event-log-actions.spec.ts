import assert from 'node:assert/strict';
import whatsappOut from '../../nodes/whatsapp-out/whatsapp-out.ts';
import type { EventPage, EventSummary, EventTrace, Step } from '../../src/trace/log-types.ts';
import { useAgents } from '../support/agent.ts';
import {
  agentsOf,
  credentials,
  desktopFlow,
  onTab,
  registers,
  useDesktopFlow,
} from '../support/desktop-flow.ts';
import { deploy, type FlowNode, runtimeApi, serve, useRuntime } from '../support/flow.ts';
import { simulatorAdmin } from '../support/simulator-admin.ts';
import { until } from '../support/until.ts';

const popup = onTab({
  id: 'popup',
  type: 'browser-popup',
  name: 'Who it is',
  desktop: 'desktop',
  content: '<p>{{text}}</p>',
  target: 'agents',
  agents: ['anna'],
});
const reply = onTab({ id: 'reply', type: 'whatsapp-out', name: 'Reply', text: 'Ciao {{text}}' });

describe('the log of events on actions with people', () => {
  useDesktopFlow();
  useRuntime();
  useAgents();
  let admin: string;

  async function start(...actions: readonly FlowNode[]): Promise<void> {
    const { shop: _, ...secrets } = credentials();
    const wires = [actions.map(({ id }) => id)];
    const flow = desktopFlow(
      { account: { provider: 'simulator', accountId: '' } },
      onTab({ id: 'in', type: 'whatsapp-in', name: 'All', wires }),
      ...actions,
    );
    await deploy([simulatorAdmin, ...registers, whatsappOut], flow, secrets);
    admin = `${await serve(runtimeApi().httpAdmin)}/whatsapp-triggers`;
  }

  async function write(text: string): Promise<void> {
    const customer = { name: 'Zoë', phone: '+491510000104' };
    const answer = await fetch(`${admin}/simulator/send`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account: 'shop', customer, happening: { kind: 'text', text } }),
    });
    assert.equal(answer.status, 200);
  }

  /** The customer's message, once it has come to that. */
  async function told(outcome: EventSummary['outcome']): Promise<EventSummary> {
    let found: EventSummary | undefined;
    await until(async () => {
      const answer = await fetch(`${admin}/log/events?text=urgent&outcome=${outcome}`);
      const { events } = (await answer.json()) as EventPage;
      found = events.find(({ name }) => name === 'message.incoming');
      return found !== undefined;
    });
    assert.ok(found);
    return found;
  }

  async function stepsOf(id: string, kind: Step['kind']): Promise<readonly Step[]> {
    const answer = await fetch(`${admin}/log/events/${id}`);
    return ((await answer.json()) as EventTrace).steps.filter((step) => step.kind === kind);
  }

  it('tells what became of a page with an agent', async () => {
    await start(popup);
    const { pages } = await agentsOf('anna');
    const [anna] = pages;
    await write('urgent');
    const { page } = await anna.next('page');
    anna.say({ type: 'claim', pageId: page.id });
    await until(async () => {
      const { id } = await told('acted');
      return (await stepsOf(id, 'receipt')).length > 0;
    });
    const { id } = await told('acted');
    const [receipt] = await stepsOf(id, 'receipt');
    const [action] = await stepsOf(id, 'action');
    assert.ok(action);
    assert.equal(receipt?.outcome, 'shown');
    assert.equal(receipt?.node?.name, 'Who it is');
    assert.equal(receipt?.detail.agent, 'anna');
    const { id: receiptId } = action.detail.receipt as { readonly id: string };
    assert.equal(receipt?.detail.receiptId, receiptId);
  });

  for (const repeat of ['replace', 'stack']) {
    it(`shows a page again when its event is sent again on purpose (${repeat})`, async () => {
      await start({ ...popup, repeat });
      const { pages } = await agentsOf('anna');
      const [anna] = pages;
      const shown = async (): Promise<string> => {
        const { page } = await anna.next('page');
        anna.say({ type: 'claim', pageId: page.id });
        assert.equal((await anna.next('claimed')).granted, true);
        return page.id;
      };
      await write('urgent');
      const seen = [await shown()];
      const { id } = await told('acted');
      for (const to of [{}, { node: 'popup' }]) {
        const answer = await fetch(`${admin}/log/events/${id}/resend`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(to),
        });
        assert.equal(answer.status, 200);
        seen.push(await shown());
      }
      assert.equal(new Set(seen).size, 3);
    });
  }

  it('tells that a page waits for its agent, and then that nobody saw it', async () => {
    await start({ ...popup, ttl: 1 });
    await write('urgent');
    const { why } = await told('waiting');
    assert.equal(why.key, 'waitingPage');
    assert.deepEqual([why.values['node'], why.values['agents']], ['Who it is', 'anna']);
    const { why: after } = await told('undelivered');
    assert.deepEqual([after.key, after.values['reason']], ['undelivered', 'expired']);
  });

  it('tells what was sent to the customer', async () => {
    await start(reply);
    await write('urgent');
    const { id, why } = await told('acted');
    const [step] = await stepsOf(id, 'send');
    assert.deepEqual([step?.outcome, step?.node?.name], ['done', 'Reply']);
    assert.ok(step?.detail.sent);
    assert.equal(why.values['type'], 'whatsapp-out');
  });
});
