import assert from 'node:assert/strict';
import type { Connection } from '../../../src/desktop/server/connection.ts';
import type { PageOrder } from '../../../src/desktop/server/desktop.ts';
import type { FrameCheck } from '../../../src/desktop/server/frames.ts';
import {
  createPageDelivery,
  type PageDelivery,
} from '../../../src/desktop/server/page-delivery.ts';
import type { PageFact } from '../../../src/desktop/server/page-facts.ts';
import { createPresence, type Presence } from '../../../src/desktop/server/presence.ts';
import type { ServerWord } from '../../../src/desktop/protocol.ts';
import type { PageContent } from '../../../src/store/contract.ts';
import { incomingEvent } from '../../fixtures/event.ts';
import { type MemoryPages, memoryPages } from '../../support/page-store.ts';

const popup: PageContent = { kind: 'popup', title: 'Giulia Müller', html: '<p>Ciao</p>' };
const cti = (location: 'tab' | 'dashboard'): PageContent => ({
  kind: 'cti',
  url: 'https://crm.example/cti?caller=1',
  location,
  tabTitle: 'CRM',
  width: 800,
  height: 600,
});

describe('the delivery of pages', () => {
  let store: MemoryPages;
  let presence: Presence;
  let pages: PageDelivery;
  let facts: PageFact[];
  let now: number;
  let looking: Promise<void>;
  let refusal: ReturnType<FrameCheck['refusal']>;

  beforeEach(() => {
    store = memoryPages();
    presence = createPresence();
    facts = [];
    now = 1_000_000;
    looking = Promise.resolve();
    refusal = undefined;
    pages = createPageDelivery({
      desktopId: 'desk',
      store,
      expect: () => undefined,
      presence,
      pageFact: (fact) => facts.push(fact),
      frames: [],
      frameCheck: {
        look: () => looking,
        refusal: () => refusal,
        knows: () => true,
        close: () => undefined,
      },
      now: () => now,
    });
  });
  afterEach(() => {
    pages.close();
    store.close();
  });

  function agentPage(username = 'anna') {
    const words: ServerWord[] = [];
    const connection: Connection = {
      agent: { username, name: username, role: 'agent' },
      sessionKey: username,
      origin: 'https://desk.example',
      told: new Map(),
      send: (word) => void words.push(word),
      sendFrame: (frame) => void words.push(JSON.parse(frame.toString('utf8'))),
      beat: () => undefined,
      close: () => undefined,
      cut: () => undefined,
      closed: new Promise(() => undefined),
    };
    presence.add(connection);
    const of = <Type extends ServerWord['type']>(type: Type) =>
      words.filter((word) => word.type === type) as Extract<ServerWord, { type: Type }>[];
    const told = () => of('page').at(-1)!.page;
    return { connection, words, of, told };
  }

  const order = (more: Partial<PageOrder> = {}): PageOrder => ({
    triggerId: 'trigger',
    event: incomingEvent(),
    target: 'all',
    agents: [],
    repeat: 'once',
    ttl: 120,
    content: popup,
    ...more,
  });
  const deliver = (more: Partial<PageOrder> = {}, ...agents: readonly string[]) =>
    pages.deliver(order(more), { agents: agents.length > 0 ? agents : ['anna'] });
  const outcomes = () => facts.map(({ agent, outcome }) => `${agent} ${outcome}`);
  const settled = () => new Promise((resolve) => setImmediate(resolve));

  it('tells what becomes of a page, with the event, the receipt and the trigger it belongs to', async () => {
    const anna = agentPage();
    const event = incomingEvent();
    const receipt = deliver({ event });
    await settled();
    const { id } = anna.told();
    await pages.claim(anna.connection, id);
    pages.receipt(anna.connection, id, 'shown');
    now += 5000;
    pages.receipt(anna.connection, id, 'dismissed');
    pages.receipt(anna.connection, id, 'dismissed');
    assert.deepEqual(outcomes(), ['anna shown', 'anna dismissed']);
    assert.deepEqual(facts[1], {
      receiptId: (await receipt).id,
      eventId: event.id,
      interactionId: event.interaction.id,
      pageId: id,
      triggerId: 'trigger',
      agent: 'anna',
      kind: 'popup',
      title: 'Giulia Müller',
      outcome: 'dismissed',
      at: now,
    });
  });

  it('believes nobody about a page that they were not shown', async () => {
    const [anna, eve] = [agentPage(), agentPage('eve')];
    void deliver();
    await settled();
    const { id } = anna.told();
    pages.receipt(anna.connection, id, 'opened');
    pages.receipt(eve.connection, id, 'blocked');
    await pages.claim(eve.connection, id, 'w');
    assert.equal(eve.of('claimed')[0]?.granted, false);
    assert.deepEqual(facts, []);
  });

  it('waits a moment for the window of a page, and tells that it was blocked', async () => {
    const anna = agentPage();
    const receipt = deliver({ content: cti('tab') });
    await settled();
    const { id } = anna.told();
    await pages.claim(anna.connection, id);
    pages.receipt(anna.connection, id, 'blocked');
    const { status, agents, reason = '' } = await receipt;
    assert.deepEqual([status, agents], ['shown', ['anna']]);
    assert.match(reason, /Blocked by the browser of "anna"/);
    pages.receipt(anna.connection, id, 'opened');
    assert.deepEqual(outcomes(), ['anna shown', 'anna blocked', 'anna opened']);
  });

  it('tells of pages that were withdrawn and of those that nobody saw', async () => {
    const { id } = await deliver({ ttl: 10 }, 'anna', 'bruno');
    const anna = agentPage();
    now += 10_000;
    const ended = store.expire(now);
    await pages.expired(ended);
    pages.withdrawn([{ ...ended[0]!, id: 'other' }]);
    assert.deepEqual(outcomes(), ['anna expired', 'bruno expired', 'anna withdrawn']);
    assert.equal(facts[0]?.receiptId, id);
    assert.equal(anna.of('missed')[0]?.pages[0]?.id, ended[0]?.id);
  });

  it('sends all agents the same frame, and keeps each claim apart', async () => {
    const frames: Buffer[] = [];
    const all = ['anna', 'bruno', 'carla'].map((name) => agentPage(name));
    for (const { connection } of all) {
      const { sendFrame } = connection;
      Object.assign(connection, {
        sendFrame: (frame: Buffer) => {
          frames.push(frame);
          sendFrame(frame);
        },
      });
    }
    const receipt = deliver({}, 'anna', 'bruno', 'carla', 'dora');
    await settled();
    assert.equal(frames.length, 3);
    assert.equal(new Set(frames).size, 1);
    const [anna, bruno] = all as [(typeof all)[0], (typeof all)[0]];
    const { id } = anna.told();
    const claims = [anna, anna, bruno].map(({ connection }) => pages.claim(connection, id));
    await Promise.all(claims);
    const granted = all.map(({ of }) => of('claimed').map((word) => word.granted));
    assert.deepEqual(granted, [[false, true], [true], []]);
    assert.deepEqual((await receipt).agents, ['anna', 'bruno']);
    assert.equal((await store.pagesWaiting('desk', 'dora', now)).length, 1);
  });

  it('takes what is shown from all windows of an agent, once it is stale', async () => {
    const [first, second, bruno] = [agentPage(), agentPage(), agentPage('bruno')];
    void deliver({}, 'anna', 'bruno');
    await settled();
    const { id } = first.told();
    await pages.claim(first.connection, id);
    const ended = { id, agent: 'anna', key: 'trigger:x', desktopId: 'desk' };
    for (const _ of [1, 2]) pages.withdrawn([{ ...ended, kind: 'popup', title: 'Giulia' }]);
    for (const page of [first, second]) {
      assert.deepEqual(
        page.of('withdrawn').map(({ pageIds }) => pageIds),
        [[id]],
      );
    }
    assert.deepEqual(bruno.of('withdrawn'), []);
    pages.receipt(first.connection, id, 'dismissed');
    assert.deepEqual(outcomes(), ['anna shown', 'anna withdrawn', 'anna withdrawn']);
  });

  it('grants nothing that becomes stale while it is claimed', async () => {
    const anna = agentPage();
    void deliver();
    await settled();
    const { id } = anna.told();
    const claim = pages.claim(anna.connection, id);
    const ended = { id, agent: 'anna', key: 'trigger:x', desktopId: 'desk' };
    pages.withdrawn([{ ...ended, kind: 'popup', title: 'Giulia' }]);
    await claim;
    assert.equal(anna.of('claimed')[0]?.granted, false);
    assert.deepEqual(outcomes(), ['anna withdrawn']);
  });

  it('withdraws what another page takes the place of before anybody saw it', async () => {
    const anna = agentPage();
    const event = incomingEvent();
    void deliver({ event, repeat: 'replace' });
    await settled();
    const { id } = anna.told();
    void deliver({ event, repeat: 'replace' });
    await settled();
    assert.deepEqual(anna.of('withdrawn')[0]?.pageIds, [id]);
    assert.deepEqual(outcomes(), ['anna withdrawn']);
    assert.notEqual(anna.told().id, id);
  });

  it('says of what the page was there already', async () => {
    const event = incomingEvent({ redelivered: true });
    for (const [repeat, subject] of Object.entries({ once: 'interaction', stack: 'event' })) {
      const more = { event, repeat: repeat as PageOrder['repeat'] };
      void deliver(more);
      const { reason } = await deliver(more);
      assert.equal(reason, `The page was there already for this ${subject}.`);
    }
  });

  it('lists what an agent was shown when they come again', async () => {
    const anna = agentPage();
    void deliver();
    await settled();
    await pages.claim(anna.connection, anna.told().id);
    pages.receipt(anna.connection, anna.told().id, 'shown');
    const again = agentPage();
    await pages.welcome(again.connection);
    assert.deepEqual(
      again.of('recent')[0]?.pages.map(({ id }) => id),
      [anna.told().id],
    );
    assert.deepEqual(again.of('missed')[0]?.pages, []);
    assert.deepEqual(again.of('page'), []);
  });

  it('grants a page again to the window whose answer was lost, and to no other', async () => {
    const anna = agentPage();
    void deliver();
    await settled();
    const { id } = anna.told();
    await pages.claim(anna.connection, id, 'window-1');
    presence.remove(anna.connection);
    const [other, same] = [agentPage(), agentPage()];
    for (const each of [other, same]) await pages.welcome(each.connection);
    assert.equal(other.of('missed')[0]?.pages[0]?.id, id);
    await pages.claim(other.connection, id, 'window-2');
    await pages.claim(other.connection, id);
    await pages.claim(same.connection, id, 'window-1');
    assert.deepEqual(
      other.of('claimed').map(({ granted }) => granted),
      [false, false],
    );
    assert.equal(same.of('claimed')[0]?.granted, true);
    pages.receipt(same.connection, id, 'shown');
    const third = agentPage();
    await pages.welcome(third.connection);
    await pages.claim(third.connection, id, 'window-1');
    assert.equal(third.of('claimed')[0]?.granted, false);
    assert.deepEqual(outcomes(), ['anna shown']);
  });

  it('says which dashboard page cannot be framed, as soon as the site was asked', async () => {
    const anna = agentPage();
    const asked = Promise.withResolvers<void>();
    looking = asked.promise;
    refusal = 'refused';
    void deliver({ content: cti('dashboard') });
    await settled();
    assert.deepEqual(anna.of('page'), []);
    asked.resolve();
    await settled();
    assert.equal(anna.told().unframed, 'refused');
  });

  it('asks no site for what is no dashboard page', async () => {
    const anna = agentPage();
    looking = new Promise(() => undefined);
    refusal = 'refused';
    void deliver({ content: cti('tab') });
    await settled();
    assert.equal(anna.told().unframed, undefined);
  });

  it('names the interaction that a page belongs to', async () => {
    const anna = agentPage();
    const event = incomingEvent();
    void deliver({ event, repeat: 'stack' });
    await settled();
    assert.equal(anna.told().subject, event.interaction.id);
  });
});
