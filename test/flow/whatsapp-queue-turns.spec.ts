import assert from 'node:assert/strict';
import * as meta from '../fixtures/meta.ts';
import { type AgentPage, openChannel, openPage, useAgents } from '../support/agent.ts';
import { offered, settled, until, useWork } from '../support/agents-work.ts';
import { agentsOf, onTab, passwords, useDesktopFlow } from '../support/desktop-flow.ts';
import { nextInput, node, useRuntime } from '../support/flow.ts';

/** A contact of its own for each interaction. */
function contacts(count: number): meta.Person[] {
  return Array.from({ length: count }, (_, at) => ({ waId: `39333000000${at}`, name: `C${at}` }));
}

describe('whatsapp-queue: whose turn it is', () => {
  useDesktopFlow();
  useRuntime();
  useAgents();
  const { start, post, write, eventNamed } = useWork();

  const queue = (more: object = {}) => ({ queue: { strategy: 'roundRobin', agents: [], ...more } });

  it('goes round, one agent after the other, and each offer is shown to one alone', async () => {
    await start(queue());
    const { root, pages } = await agentsOf('anna', 'bruno', 'carla');
    const turns: string[] = [];
    for (const person of contacts(6)) await write(root, 'Hello', person);
    for (const [at, page] of pages.entries()) {
      for (const { contact } of await offered(page, 2)) turns.push(`${contact} ${at}`);
    }
    assert.deepEqual(turns.sort(), ['C0 0', 'C1 1', 'C2 2', 'C3 0', 'C4 1', 'C5 2']);
  });

  it('passes an offer on that is rejected, and one whose time is over', async () => {
    await start(queue({ timeout: 1 }));
    const { root, pages } = await agentsOf('anna', 'bruno', 'carla');
    const [anna, bruno, carla] = pages;
    await write(root);
    const [offer] = await offered(anna);
    const left = (offer!.expiresAt ?? 0) - Date.now();
    assert.ok(left > 0 && left <= 1000, `${left}`);
    const rejected = eventNamed('message.rejected');
    anna.say({ type: 'reject', offerId: offer!.id });
    assert.equal((await anna.next('answered')).won, true);
    const byAnna = (await rejected)['payload'];
    assert.equal(byAnna.agent.username, 'anna');
    assert.equal(byAnna.message.reason, undefined);
    const timedOut = eventNamed('message.rejected');
    await offered(bruno);
    const byTime = (await timedOut)['payload'];
    assert.equal(byTime.agent.username, 'bruno');
    assert.equal(byTime.message.reason, 'timeout');
    await offered(bruno, 0);
    const [last] = await offered(carla);
    bruno.say({ type: 'accept', offerId: offer!.id });
    assert.equal((await bruno.next('answered')).won, false);
    carla.say({ type: 'accept', offerId: last!.id });
    assert.equal((await carla.next('answered')).won, true);
  });

  it('is everybody’s, without a clock, when nobody took it in their turn', async () => {
    await start(queue({ timeout: 1, agents: ['anna', 'bruno'] }));
    const { root, pages } = await agentsOf('anna', 'bruno');
    const [anna, bruno] = pages;
    await write(root);
    const waits = (page: AgentPage) =>
      until(page, 'offers', ({ offers }) => offers[0] !== undefined && !offers[0].expiresAt);
    const [list] = await Promise.all([waits(anna), waits(bruno)]);
    const offerId = list.offers[0]!.id;
    bruno.say({ type: 'reject', offerId });
    assert.equal((await bruno.next('answered')).won, true);
    await offered(bruno, 0);
    anna.say({ type: 'accept', offerId });
    assert.equal((await anna.next('answered')).won, true);
    assert.equal((await anna.next('interaction')).interaction.agent?.username, 'anna');
  });

  it('waits while nobody is ready, and is for the first who is', async () => {
    await start({ ...queue({ timeout: 1 }), desktop: { startAs: 'paused' } });
    const { root, pages } = await agentsOf('anna', 'bruno');
    const [anna, bruno] = pages;
    await write(root);
    await settled(anna);
    for (const page of pages) {
      assert.ok(page.untaken('offers').every(({ offers }) => offers.length === 0));
    }
    bruno.say({ type: 'status', status: 'ready' });
    assert.equal((await bruno.next('status')).status, 'ready');
    const [offer] = await offered(bruno);
    assert.equal(offer!.contact, 'Giulia Müller 🌻');
  });

  it('passes on at once from an agent who pauses', async () => {
    await start(queue());
    const { root, pages } = await agentsOf('anna', 'bruno');
    const [anna, bruno] = pages;
    await write(root);
    await offered(anna);
    anna.say({ type: 'status', status: 'paused' });
    await Promise.all([offered(anna, 0), offered(bruno)]);
  });

  it('stays with an agent whose page is loaded anew', async () => {
    await start(queue());
    const { root, desktop, pages } = await agentsOf('anna', 'bruno');
    const [anna, bruno] = pages;
    await write(root);
    const [offer] = await offered(anna);
    await anna.leave();
    const again = await openChannel(desktop, anna.cookie);
    assert.deepEqual(await offered(again), [offer]);
    await settled(bruno);
    assert.ok(bruno.untaken('offers').every(({ offers }) => offers.length === 0));
  });

  it('passes on from an agent who has left and does not come back', async () => {
    await start(queue({ timeout: 3600 }));
    const { root, pages } = await agentsOf('anna', 'bruno');
    const [anna, bruno] = pages;
    await write(root);
    const [offer] = await offered(anna);
    await anna.leave();
    assert.equal((await offered(bruno))[0]!.id, offer!.id);
  });

  it('is that of the agent who accepted something the longest ago, with least recent', async () => {
    await start(queue({ strategy: 'leastRecent' }));
    const { root, pages } = await agentsOf('anna', 'bruno', 'carla');
    const [anna, bruno, carla] = pages;
    const [first, second, third] = contacts(3);
    const answer = async (page: AgentPage, type: 'accept' | 'reject', contact: string) => {
      const [offer] = await offered(page);
      assert.equal(offer!.contact, contact);
      page.say({ type, offerId: offer!.id });
      assert.equal((await page.next('answered')).won, true);
    };
    await write(root, 'Hello', first);
    await answer(anna, 'accept', 'C0');
    await write(root, 'Hello', second);
    await answer(bruno, 'reject', 'C1');
    await answer(carla, 'accept', 'C1');
    await write(root, 'Hello', third);
    await answer(bruno, 'accept', 'C2');
  });

  it('decides whose the popups of an offered interaction are', async () => {
    const popup = onTab({ id: 'action', type: 'browser-popup', desktop: 'desktop', content: 'x' });
    await start(queue(), popup);
    const { root, pages } = await agentsOf('anna', 'bruno');
    const [anna, bruno] = pages;
    const arrival = nextInput('seen');
    await write(root);
    node('action').receive({ payload: (await arrival)['payload'] });
    await anna.next('page');
    await settled(bruno);
    assert.deepEqual(bruno.untaken('page'), []);
  });

  it('tells who was too late whose it is', async () => {
    await start({ queue: { agents: [] } });
    const { root, pages } = await agentsOf('anna', 'bruno');
    const [anna, bruno] = pages;
    await write(root);
    const [[offer]] = await Promise.all([offered(anna), offered(bruno)]);
    anna.say({ type: 'accept', offerId: offer!.id });
    bruno.say({ type: 'accept', offerId: offer!.id });
    assert.deepEqual(await bruno.next('answered'), {
      type: 'answered',
      offerId: offer!.id,
      won: false,
      by: 'ANNA',
    });
    assert.equal((await anna.next('answered')).won, true);
  });

  it('shows an agent the fifty offers that wait longest, and the next one for each that goes', async () => {
    await start({ queue: { agents: ['anna'] } });
    const { root, pages } = await agentsOf('anna');
    const [anna] = pages;
    const people = Array.from({ length: 52 }, (_, at) => ({ waId: `${393330000000 + at}` }));
    const messages = people.map((person) => meta.message(meta.text('Hello'), person));
    await post(root, meta.webhook([meta.change({ messages, people })]));
    const offers = await offered(anna, 50);
    assert.equal(offers[0]!.contact, '+393330000000');
    anna.say({ type: 'accept', offerId: offers[49]!.id });
    assert.equal((await anna.next('answered')).won, true);
    const next = await offered(anna, 50);
    assert.equal(next[49]!.contact, '+393330000050');
  });

  it('leaves an agent on pause who is logged in twice, whichever page goes and comes', async () => {
    await start(queue());
    const { root, desktop, pages } = await agentsOf('anna');
    const [anna] = pages;
    const second = await openPage(desktop, 'anna', passwords.anna);
    anna.say({ type: 'status', status: 'paused' });
    assert.equal((await second.next('status')).status, 'paused');
    await Promise.all([anna.leave(), second.leave()]);
    await write(root);
    const back = await openChannel(desktop, second.cookie);
    await back.next('interactions');
    assert.ok(back.untaken('offers').every(({ offers }) => offers.length === 0));
    back.say({ type: 'status', status: 'ready' });
    await offered(back);
  });

  it('goes to nobody who is paused, whatever the strategy', async () => {
    await start({ queue: { agents: [] } });
    const { root, desktop, pages } = await agentsOf('anna', 'bruno');
    const [anna, bruno] = pages;
    bruno.say({ type: 'status', status: 'paused' });
    await bruno.next('status');
    await write(root);
    const [offer] = await offered(anna);
    await settled(bruno);
    assert.ok(bruno.untaken('offers').every(({ offers }) => offers.length === 0));
    bruno.say({ type: 'accept', offerId: offer!.id });
    assert.equal((await bruno.next('answered')).won, false);
    const second = await openPage(desktop, 'bruno', passwords.bruno);
    second.say({ type: 'status', status: 'ready' });
    assert.equal((await bruno.next('status')).status, 'ready');
    await Promise.all([offered(bruno), offered(second)]);
  });
});
