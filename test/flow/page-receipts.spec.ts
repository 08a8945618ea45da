import assert from 'node:assert/strict';
import type { PageReceipt } from '../../src/desktop/protocol.ts';
import { houseOf } from '../../nodes/shared/house.ts';
import { renderMetrics } from '../../src/trace/metrics.ts';
import { schemeSpellings } from '../fixtures/hostile-urls.ts';
import { incomingEvent } from '../fixtures/event.ts';
import { openChannel, useAgents } from '../support/agent.ts';
import {
  afterAction,
  agentsOf,
  credentials,
  desktopFlow,
  onTab,
  registers,
  useDesktopFlow,
} from '../support/desktop-flow.ts';
import {
  deploy,
  type FlowNode,
  nextInput,
  node,
  redeploy,
  runtimeApi,
  useRuntime,
} from '../support/flow.ts';

const popup = (more: object = {}): FlowNode =>
  onTab({
    id: 'action',
    type: 'browser-popup',
    name: 'Who it is',
    desktop: 'desktop',
    title: '{{calleridname}}',
    content: '<p>{{text}}</p>',
    target: 'agents',
    agents: ['anna'],
    receipts: true,
    wires: [['next'], ['later']],
    ...more,
  });
const later = onTab({ id: 'later', type: 'helper' });

describe('receipts', () => {
  useDesktopFlow();
  useRuntime();
  useAgents();

  const flow = (...actions: readonly FlowNode[]) =>
    desktopFlow({}, ...actions, later, ...afterAction);
  const start = (action: FlowNode) => deploy(registers, flow(action), credentials());
  const metrics = () => renderMetrics(houseOf(runtimeApi()).meters.families());
  /** Of one page: the runtime of all these tests has one log. */
  const inLog = (pageId: string) =>
    houseOf(runtimeApi())
      .log.recent(50)
      .flatMap((entry) => (entry.kind === 'page' && entry.pageId === pageId ? [entry] : []));

  /** Shows a page to anna and answers how her page tells of it, with what the flow hears next. */
  async function shown() {
    const { pages, desktop } = await agentsOf('anna');
    const [anna] = pages;
    const heard = nextInput('later');
    const arrival = nextInput('next');
    const event = incomingEvent();
    node('action').receive({ payload: event });
    const { page } = await anna.next('page');
    anna.say({ type: 'claim', pageId: page.id });
    assert.equal((await heard)['topic'], 'receipt.shown');
    const report = (what: PageReceipt) => {
      const next = nextInput('later');
      anna.say({ type: 'receipt', pageId: page.id, what });
      return next;
    };
    return { anna, desktop, arrival, event, page, report };
  }

  it('go on to the flow by the second output, agent by agent', async () => {
    await start(popup());
    const { arrival, event, page, report } = await shown();
    const { payload, topic } = await report('dismissed');
    assert.equal(topic, 'receipt.dismissed');
    const { receipt } = await arrival;
    const { at, ...rest } = payload;
    assert.ok(Math.abs(Date.parse(at) - Date.now()) < 60_000);
    assert.deepEqual(rest, {
      id: receipt.id,
      pageId: page.id,
      eventId: event.id,
      interactionId: event.interaction.id,
      agent: 'anna',
      title: 'Giulia Müller',
      outcome: 'dismissed',
    });
  });

  it('are in the trigger log and in the metrics, without a word of the customer', async () => {
    await start(popup({ name: 'Counted' }));
    const { arrival, event, page, report } = await shown();
    await report('opened');
    const { receipt } = await arrival;
    const [opened, first] = inLog(page.id);
    assert.deepEqual([first?.outcome, opened?.outcome], ['shown', 'opened']);
    assert.deepEqual(
      { ...opened, at: '' },
      {
        kind: 'page',
        at: '',
        node: { id: 'action', type: 'browser-popup', name: 'Counted' },
        eventId: event.id,
        receiptId: receipt.id,
        pageId: page.id,
        agent: 'anna',
        outcome: 'opened',
      },
    );
    const counted =
      /page_facts_total\{node="action",name="Counted",kind="popup",outcome="(\w+)"\} 1/g;
    const outcomes = [...metrics().matchAll(counted)].map(([, outcome]) => outcome);
    assert.deepEqual(outcomes, ['shown', 'opened']);
    assert.doesNotMatch(metrics() + JSON.stringify(inLog(page.id)), /Giulia|Ciao/);
  });

  it('tell that nobody saw a page in time', async () => {
    await start(popup({ ttl: '1' }));
    const expired = nextInput('later');
    node('action').receive({ payload: incomingEvent() });
    const { topic, payload } = await expired;
    assert.equal(topic, 'receipt.expired');
    assert.deepEqual([payload.agent, payload.title], ['anna', 'Giulia Müller']);
  });

  it('put what expired on the list of an agent whose page did not take it', async () => {
    await start(popup({ ttl: '1' }));
    const { pages } = await agentsOf('anna');
    await pages[0].next('missed');
    node('action').receive({ payload: incomingEvent() });
    const { page } = await pages[0].next('page');
    const missed = await pages[0].next('missed');
    assert.deepEqual(
      missed.pages.map(({ id }) => id),
      [page.id],
    );
  });

  it('reach the node also when it was deployed anew meanwhile', async () => {
    await start(popup());
    const { desktop, anna, page } = await shown();
    await redeploy(flow(popup({ name: 'Renamed' })), 'full', credentials());
    const again = await openChannel(desktop, anna.cookie);
    const recent = await again.next('recent');
    const missed = await again.next('missed');
    assert.deepEqual(
      [...recent.pages, ...missed.pages].map(({ id }) => id),
      [page.id],
    );
    const dismissed = nextInput('later');
    again.say({ type: 'receipt', pageId: page.id, what: 'dismissed' });
    assert.equal((await dismissed)['payload'].outcome, 'dismissed');
  });

  it('tell the waiting flow at once that the browser blocked a window', async () => {
    const url = 'https://crm.example/?caller={{calleridnum}}';
    await start({ ...popup(), type: 'cti-url', url, location: 'window' });
    const { arrival, report } = await shown();
    assert.equal((await report('blocked'))['topic'], 'receipt.blocked');
    const { receipt } = await arrival;
    assert.equal(receipt.status, 'shown');
    assert.match(receipt.reason, /Blocked by the browser of "anna"/);
  });

  it('come from nobody but the agent who has the page', async () => {
    await start(popup());
    const { pages } = await agentsOf('anna', 'carla');
    const [anna, carla] = pages;
    node('action').receive({ payload: incomingEvent() });
    const { page } = await anna.next('page');
    carla.say({ type: 'receipt', pageId: page.id, what: 'dismissed' });
    anna.say({ type: 'receipt', pageId: page.id, what: 'opened' });
    anna.say({ type: 'claim', pageId: page.id });
    carla.say({ type: 'ping' });
    await Promise.all([anna.next('claimed'), carla.next('pong')]);
    assert.deepEqual(
      inLog(page.id).map(({ outcome }) => outcome),
      ['shown'],
    );
  });

  it('close the channel of whoever invents one', async () => {
    await start(popup());
    const { pages } = await agentsOf('anna');
    pages[0].send('{"type":"receipt","pageId":"p","what":"expired"}');
    assert.equal(await pages[0].closed, 1008);
  });
});

describe('the scheme of a CTI URL', () => {
  useDesktopFlow();
  useRuntime();
  useAgents();

  it('is http or https, however another one is written', async () => {
    const actions = schemeSpellings.map((url, n) =>
      onTab({ id: `cti-${n}`, type: 'cti-url', desktop: 'desktop', url, target: 'all' }),
    );
    await deploy(registers, desktopFlow({}, ...actions), credentials());
    for (const [n, url] of schemeSpellings.entries()) {
      const { args } = node(`cti-${n}`).status as unknown as { args: any[][] };
      assert.equal(args.at(-1)?.[0].fill, 'red', JSON.stringify(url));
    }
  });
});
