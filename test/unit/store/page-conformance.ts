import assert from 'node:assert/strict';
import type {
  AddedPage,
  EndedPage,
  Page,
  PageRequest,
  TriggerStore,
} from '../../../src/store/contract.ts';
import { incoming, noon, policy } from './conformance.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const ada = { username: 'ada', name: 'Ada Lovelace' };
const bob = { username: 'bob', name: 'Bob' };
const crowd = Array.from({ length: 300 }, (_, n) => `agent ${n}`);

export const pageRequest = (more: Partial<PageRequest> = {}): PageRequest => ({
  desktopId: 'd1',
  agents: ['ada'],
  key: 'trigger interaction',
  repeat: 'once',
  content: { kind: 'popup', title: 'Zoë', html: '<b>ciao</b>' },
  createdAt: noon,
  expiresAt: noon + 2 * minute,
  ...more,
});

/** How a store tells that an agent will not be shown a page of desktop d1. */
export function endOf({ id, key, content }: Page, agent: string): EndedPage {
  const title = content.kind === 'popup' ? content.title : content.tabTitle || content.url;
  return { id, agent, key, desktopId: 'd1', kind: content.kind, title };
}

/** Pages on their way to agents: each is granted once to each of its agents, or ends unseen. */
export function pageConformance(open: () => Promise<TriggerStore>): void {
  let store: TriggerStore;
  beforeEach(async () => {
    store = await open();
    await store.setPolicy(policy);
  });
  afterEach(() => store.close());

  const reopen = async () => {
    await store.close();
    store = await open();
  };
  const add = async (more: Partial<PageRequest> = {}): Promise<AddedPage> => {
    const added = await store.addPage(pageRequest(more));
    assert.ok(added);
    return added;
  };
  const claim = async ({ id }: Page, agent: string, now = noon) =>
    (await store.claimPages([{ pageId: id, agent }], now))[0];
  const waiting = async (agent: string, now = noon) =>
    (await store.pagesWaiting('d1', agent, now)).map(({ id }) => id);
  const shown = async (agent: string) =>
    (await store.pagesShown('d1', agent, 10)).map(({ id }) => id);
  const missed = async (agent: string) =>
    (await store.pagesMissed('d1', agent, 10)).map(({ id }) => id);

  it('grants a page exactly once', async () => {
    const { page } = await add();
    const claims = await Promise.all([1, 2, 3].map(() => claim(page, 'ada')));
    assert.deepEqual(claims.filter(Boolean), [true]);
    assert.deepEqual(await waiting('ada'), []);
    await reopen();
    assert.equal(await claim(page, 'ada'), false);
  });

  it('keeps a page for many once, and grants it to each of them once, also over a restart', async () => {
    const { page, agents } = await add({ agents: [...crowd, ...crowd] });
    assert.deepEqual(agents, crowd);
    const some = crowd.slice(0, 200).map((agent) => ({ pageId: page.id, agent }));
    const granted = await store.claimPages([...some, ...some], noon);
    assert.equal(granted.filter(Boolean).length, 200);
    await reopen();
    assert.deepEqual(await waiting('agent 199'), []);
    assert.deepEqual(await waiting('agent 200'), [page.id]);
    assert.deepEqual(await shown('agent 199'), [page.id]);
    const all = crowd.map((agent) => ({ pageId: page.id, agent }));
    const rest = await store.claimPages(all, noon);
    assert.deepEqual(
      crowd.filter((_, n) => rest[n]),
      crowd.slice(200),
    );
    assert.equal((await store.measure()).pagesWaiting, 0);
  });

  it('grants nothing to anybody whom a page is not for', async () => {
    const { page } = await add({ agents: ['ada', 'bob'] });
    assert.equal(await claim(page, 'eve'), false);
    assert.equal(await claim({ ...page, id: 'another' }, 'ada'), false);
    assert.deepEqual(await waiting('eve'), []);
  });

  it('tells names apart, whatever stands in them', async () => {
    const names = ['ada', '"ada"', '["ada"', 'x"ada', "a'; --", 'ad', '%', 'Zoë 🌻'];
    for (const name of names) {
      const { page } = await add({ key: name, agents: [name, 'someone'] });
      for (const other of names)
        assert.equal((await waiting(other)).length, name === other ? 1 : 0);
      assert.equal(await claim(page, name), true);
      assert.deepEqual(await shown(name), [page.id]);
    }
  });

  it('holds the desktops apart', async () => {
    await add({ agents: ['ada', 'bob'] });
    assert.deepEqual(await store.pagesWaiting('d2', 'ada', noon), []);
    assert.ok(await store.addPage(pageRequest({ desktopId: 'd2' })));
  });

  it('lists what an agent was shown, the newest first', async () => {
    const { page: first } = await add();
    const { page: second } = await add({ key: 'b', agents: ['ada', 'bob'] });
    await add({ key: 'c' });
    await claim(first, 'ada');
    await claim(second, 'ada');
    assert.deepEqual(await shown('ada'), [second.id, first.id]);
    assert.deepEqual(await shown('bob'), []);
  });

  it('keeps one page of a key with once, the newest with replace, all with stack', async () => {
    await add();
    assert.equal(await store.addPage(pageRequest()), undefined);
    assert.equal((await waiting('ada')).length, 1);
    await add({ repeat: 'replace', replaces: 'trigger interaction' });
    assert.equal((await waiting('ada')).length, 1);
    await add({ repeat: 'stack' });
    assert.equal((await waiting('ada')).length, 2);
  });

  it('looks at each agent for once and replace', async () => {
    const { page } = await add({ agents: ['ada', 'bob', 'eve'] });
    await claim(page, 'bob');
    const once = await add({ agents: ['ada', 'bob', 'eve', 'leo'] });
    assert.deepEqual(once.agents, ['leo']);
    const next = await add({ agents: ['bob', 'eve'], repeat: 'replace', replaces: page.key });
    assert.deepEqual(next.replaced, [endOf(page, 'eve')]);
    assert.deepEqual(await waiting('ada'), [page.id]);
    assert.deepEqual(await waiting('eve'), [next.page.id]);
    assert.equal(await claim(page, 'eve'), false);
    assert.equal(await claim(page, 'ada'), true);
  });

  it('replaces the pages of the place that it says, and no others', async () => {
    const { page: old } = await add({ key: 'trigger:i1' });
    const replace = (place: string, event: string, desktopId = 'd1') =>
      add({ key: `${place}:${event}`, repeat: 'replace', replaces: place, desktopId });
    const { page: first, replaced } = await replace('trigger:i1', 'e1');
    assert.deepEqual(replaced, [endOf(old, 'ada')]);
    const { page: second, replaced: next } = await replace('trigger:i1', 'e2');
    assert.deepEqual(next, [endOf(first, 'ada')]);
    assert.deepEqual((await replace('trigger:i1', 'e3', 'd2')).replaced, []);
    assert.deepEqual((await replace('trigger:i10', 'e4')).replaced, []);
    assert.deepEqual((await replace('trigger:i', 'e5')).replaced, []);
    assert.ok((await waiting('ada')).includes(second.id));
  });

  it('keeps none again for those who have the page of an event that comes again', async () => {
    for (const repeat of ['replace', 'stack'] as const) {
      const event = { key: `${repeat}:i1:e1`, replaces: `${repeat}:i1`, repeat };
      await add({ ...event, agents: ['ada', 'bob'] });
      const { page: next } = await add({ ...event, key: `${repeat}:i1:e2`, agents: ['bob'] });
      const again = { ...event, redelivered: true, agents: ['ada'] };
      assert.equal(await store.addPage(pageRequest(again)), undefined);
      assert.ok((await waiting('bob')).includes(next.id));
      const { agents, page } = await add({ ...again, agents: ['ada', 'eve'] });
      assert.deepEqual([agents, page.repeat], [['eve'], repeat]);
    }
  });

  it('shows no older page of a place over a newer one when both events come again', async () => {
    const place = { replaces: 'trigger:i1', repeat: 'replace' as const };
    const older = { ...place, key: 'trigger:i1:e1', agents: ['ada', 'bob'] };
    const newer = { ...place, key: 'trigger:i1:e2' };
    await add(older);
    const { page } = await add(newer);
    await claim(page, 'ada');
    const again = { ...older, redelivered: true, agents: ['ada'] };
    assert.equal(await store.addPage(pageRequest(again)), undefined);
    assert.equal(await store.addPage(pageRequest({ ...newer, redelivered: true })), undefined);
    assert.deepEqual((await add({ ...again, agents: ['ada', 'eve'] })).agents, ['eve']);
    assert.deepEqual((await add({ ...newer, redelivered: true, agents: ['bob'] })).agents, ['bob']);
    const { agents } = await add({ ...again, key: 'trigger:i1:e3' });
    assert.deepEqual(agents, ['ada'], 'an event that had no page yet is not known to be older');
  });

  it('tells who was not shown a page in time, and grants it no more', async () => {
    const { page } = await add({ agents: ['ada', 'bob'] });
    await claim(page, 'bob');
    assert.equal((await store.setPolicy(policy)).nextDue, noon + 2 * minute);
    assert.equal(await claim(page, 'ada', noon + 2 * minute), false);
    const { pagesExpired, pagesMissed } = await store.sweep(noon + 3 * minute, true);
    assert.deepEqual([pagesExpired, pagesMissed], [[endOf(page, 'ada')], 1]);
    assert.equal(await claim(page, 'ada'), false);
    assert.deepEqual(await missed('ada'), [page.id]);
    assert.deepEqual([await missed('bob'), await missed('eve')], [[], []]);
    assert.equal((await store.sweep(noon + 4 * minute, true)).pagesExpired, undefined);
  });

  it('tells of all that miss pages for many, in as many sweeps as it takes', async () => {
    for (const key of ['a', 'b', 'c']) await add({ key, agents: crowd });
    const ended: EndedPage[] = [];
    for (let sweeps = 0; sweeps < 3; sweeps += 1) {
      ended.push(...((await store.sweep(noon + 3 * minute, true)).pagesExpired ?? []));
    }
    assert.equal(ended.length, 3 * crowd.length);
    assert.equal((await missed('agent 7')).length, 3);
  });

  it('forgets in time what was shown and missed', async () => {
    const { page } = await add({ agents: ['ada', 'bob'] });
    await claim(page, 'ada');
    await store.sweep(noon + 3 * minute, true);
    await store.sweep(noon + 31 * day, true);
    assert.deepEqual([await shown('ada'), await missed('bob')], [[], []]);
  });

  const offered = async () => {
    const { events } = await store.ingest({ facts: [incoming()], receivedAt: noon }, true);
    const [offer] = await store.offers(['q1']);
    return { interactionId: events[0]!.event.interaction.id, offerId: offer!.id };
  };
  const accept = (offerId: string) =>
    store.answerOffer(
      { offerId, agent: ada, answer: 'accepted', candidates: ['ada', 'bob'], now: noon },
      true,
    );

  it('withdraws what waits for others once an agent has accepted', async () => {
    const { interactionId, offerId } = await offered();
    const { page } = await add({ agents: ['ada', 'bob'], interactionId });
    const { pagesWithdrawn } = await accept(offerId);
    assert.deepEqual(await waiting('ada'), [page.id]);
    assert.deepEqual(await waiting('bob'), []);
    assert.deepEqual(pagesWithdrawn, [endOf(page, 'bob')]);
    assert.equal(await claim(page, 'bob'), false);
  });

  it('names a page that nobody saw by its title, and one without by its address', async () => {
    const place = { location: 'tab' as const, width: 1, height: 1 };
    const cti = { kind: 'cti' as const, url: 'https://crm.example/1', ...place };
    const contents = [
      { ...cti, tabTitle: 'CRM' },
      { ...cti, tabTitle: '' },
      { kind: 'popup' as const, title: '', html: '' },
    ];
    for (const [at, content] of contents.entries()) await add({ key: `k${at}`, content });
    const { pagesExpired = [] } = await store.sweep(noon + 3 * minute, true);
    const titles = pagesExpired.map(({ key, title }) => [key, title]);
    assert.deepEqual(
      new Map(titles as [string, string][]),
      new Map([
        ['k0', 'CRM'],
        ['k1', 'https://crm.example/1'],
        ['k2', ''],
      ]),
    );
  });

  it('withdraws popups from the screens of the others, but no page of another site', async () => {
    const { interactionId, offerId } = await offered();
    const { page } = await add({ agents: ['ada', 'bob'], interactionId });
    const place = { location: 'dashboard' as const, tabTitle: 'CRM', width: 1, height: 1 };
    const content = { kind: 'cti' as const, url: 'https://crm.example', ...place };
    const { page: crm } = await add({ key: 'crm', agents: ['ada', 'bob'], interactionId, content });
    for (const agent of ['ada', 'bob']) {
      for (const each of [page, crm]) await claim(each, agent);
    }
    const { pagesWithdrawn } = await accept(offerId);
    assert.deepEqual(pagesWithdrawn, [endOf(page, 'bob')]);
    assert.deepEqual(await shown('bob'), [crm.id]);
    assert.deepEqual(await shown('ada'), [crm.id, page.id]);
    const closing = { interactionId, reason: 'solved' };
    assert.equal(
      (await store.closeInteraction(closing, noon, true)).pagesWithdrawn,
      undefined,
      'what its agent has on the screen stays',
    );
  });

  it('withdraws popups from the screens when what was on offer is given to somebody', async () => {
    const { interactionId } = await offered();
    const { page } = await add({ agents: ['ada', 'bob'], interactionId });
    for (const agent of ['ada', 'bob']) await claim(page, agent);
    const give = (agent: typeof ada) =>
      store.assignInteraction({ interactionId, agent }, noon, true);
    assert.deepEqual((await give(bob)).pagesWithdrawn, [endOf(page, 'ada')]);
    assert.equal((await give(ada)).pagesWithdrawn, undefined, 'nobody took it from an offer');
    assert.deepEqual(await shown('bob'), [page.id]);
  });
}
