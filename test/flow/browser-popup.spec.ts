import assert from 'node:assert/strict';
import { hostileTexts } from '../fixtures/hostile.ts';
import { incomingEvent } from '../fixtures/event.ts';
import { openChannel, openPage, useAgents } from '../support/agent.ts';
import {
  afterAction,
  agentsOf,
  credentials,
  desktopFlow,
  onTab,
  passwords,
  registers,
  useDesktopFlow,
} from '../support/desktop-flow.ts';
import { deploy, type FlowNode, nextInput, node, redeploy, useRuntime } from '../support/flow.ts';

const popup = (more: object = {}): FlowNode =>
  onTab({
    id: 'action',
    type: 'browser-popup',
    desktop: 'desktop',
    title: 'From {{calleridname}}',
    content: '<p title="{{text}}">{{text}}</p>',
    target: 'all',
    wires: [['next']],
    ...more,
  });

describe('browser-popup', () => {
  useDesktopFlow();
  useRuntime();
  useAgents();

  const start = async (more: object = {}, ...others: readonly FlowNode[]) =>
    deploy(registers, desktopFlow({}, popup(more), ...others, ...afterAction), credentials());
  const send = (msg: object) => {
    const arrival = nextInput('next');
    node('action').receive(msg);
    return arrival;
  };

  it('shows a popup with the text of the event and tells who has seen it', async () => {
    await start();
    const { pages } = await agentsOf('anna');
    const [anna] = pages;
    const completion = nextInput('completed');
    const event = incomingEvent();
    const arrival = send({ payload: event, topic: 'message.incoming' });
    const { page } = await anna.next('page');
    assert.deepEqual(page.content, {
      kind: 'popup',
      title: 'From Giulia Müller',
      html: '<p title="Ciao">Ciao</p>',
    });
    anna.say({ type: 'claim', pageId: page.id });
    assert.deepEqual(await anna.next('claimed'), {
      type: 'claimed',
      pageId: page.id,
      granted: true,
    });
    const msg = await arrival;
    assert.equal(msg['receipt'].status, 'shown');
    assert.deepEqual(msg['receipt'].agents, ['anna']);
    assert.deepEqual(msg['payload'], event);
    assert.equal(msg['topic'], 'message.incoming');
    await completion;
  });

  it('puts no text of a customer into the page as markup', async () => {
    await start({ repeat: 'stack' });
    const { pages } = await agentsOf('anna');
    for (const text of hostileTexts) {
      const { message } = incomingEvent();
      node('action').receive({ payload: incomingEvent({ message: { ...message!, text } }) });
      const { page } = await pages[0].next('page');
      assert.ok(page.content.kind === 'popup');
      const [, attribute = '', body = ''] =
        /^<p title="([^"<>]*)">([^<>]*)<\/p>$/.exec(page.content.html) ?? [];
      assert.ok(attribute === body, `markup in ${page.content.html}`);
      assert.equal(unescape(body), text);
      pages[0].say({ type: 'claim', pageId: page.id });
    }
  });

  it('grants a page exactly once, however many tabs and devices claim it', async () => {
    await start();
    const { desktop, pages } = await agentsOf('anna');
    const first = pages[0];
    const tab = await openChannel(desktop, first.cookie);
    const device = await openPage(desktop, 'anna', passwords.anna);
    const arrival = send({ payload: incomingEvent() });
    const answers = await Promise.all(
      [first, tab, device].map(async (page) => {
        const word = await page.next('page');
        page.say({ type: 'claim', pageId: word.page.id });
        page.say({ type: 'claim', pageId: word.page.id });
        return [await page.next('claimed'), await page.next('claimed')];
      }),
    );
    const granted = answers.flat().filter((answer) => answer.granted);
    assert.equal(granted.length, 1);
    assert.deepEqual((await arrival)['receipt'].agents, ['anna']);
  });

  it('lets no agent claim the page of another', async () => {
    await start({ target: 'agents', agents: ['anna'] });
    const { pages } = await agentsOf('anna', 'carla');
    const [anna, carla] = pages;
    const arrival = send({ payload: incomingEvent() });
    const { page } = await anna.next('page');
    carla.say({ type: 'claim', pageId: page.id });
    assert.equal((await carla.next('claimed')).granted, false);
    anna.say({ type: 'claim', pageId: page.id });
    assert.equal((await anna.next('claimed')).granted, true);
    assert.deepEqual((await arrival)['receipt'].agents, ['anna']);
    assert.deepEqual(carla.untaken('page'), []);
  });

  it('keeps a page for agents who are away and shows it when one comes in time', async () => {
    await start({ target: 'queue' });
    const { receipt } = await send({ payload: incomingEvent() });
    assert.equal(receipt.status, 'queued');
    assert.deepEqual(receipt.agents, ['anna', 'bruno']);
    const { pages } = await agentsOf('bruno', 'carla');
    const { page } = await pages[0].next('page');
    pages[0].say({ type: 'claim', pageId: page.id });
    assert.equal((await pages[0].next('claimed')).granted, true);
    await pages[1].next('missed');
    assert.deepEqual(pages[1].untaken('page'), []);
  });

  it('shows a page again to nobody who has had it, across reconnects and redeploys', async () => {
    await start();
    const { desktop, pages } = await agentsOf('anna');
    const event = incomingEvent();
    node('action').receive({ payload: event });
    const { page } = await pages[0].next('page');
    pages[0].say({ type: 'claim', pageId: page.id });
    await pages[0].next('claimed');
    await redeploy(desktopFlow({}, popup(), ...afterAction), 'full', credentials());
    const again = await openChannel(desktop, pages[0].cookie);
    await again.next('missed');
    const { receipt } = await send({ payload: { ...event, redelivered: true } });
    assert.equal(receipt.status, 'undelivered');
    assert.match(receipt.reason, /already/);
    assert.deepEqual(again.untaken('page'), []);
  });

  it('stacks a page for every event, but not for one that comes again after a crash', async () => {
    await start({ repeat: 'stack' });
    const event = incomingEvent();
    assert.equal((await send({ payload: event })).receipt.status, 'queued');
    const again = await send({ payload: { ...event, redelivered: true } });
    assert.equal(again['receipt'].status, 'undelivered');
    const next = await send({ payload: incomingEvent({ interaction: event.interaction }) });
    assert.equal(next['receipt'].status, 'queued');
  });

  it('replaces with every event, but not with one that comes again after a crash', async () => {
    await start({ repeat: 'replace' });
    const event = incomingEvent();
    assert.equal((await send({ payload: event })).receipt.status, 'queued');
    const again = await send({ payload: { ...event, redelivered: true } });
    assert.equal(again['receipt'].status, 'undelivered');
    const fresh = incomingEvent({ interaction: event.interaction, redelivered: true });
    assert.equal((await send({ payload: fresh }))['receipt'].status, 'queued');
    const { pages } = await agentsOf('anna');
    await pages[0].next('missed');
    assert.equal(pages[0].untaken('page').length, 1);
  });

  it('lists what an agent was not shown in time as missed', async () => {
    await start({ ttl: '1', target: 'agents', agents: 'carla' });
    await send({ payload: incomingEvent() });
    const { desktop, pages } = await agentsOf('carla');
    const { page } = await pages[0].next('page');
    const missed = async (): Promise<string[]> => {
      const connection = await openChannel(desktop, pages[0].cookie);
      const word = await connection.next('missed');
      await connection.leave();
      return word.pages.map(({ id }) => id);
    };
    let listed = await missed();
    while (listed.length === 0) listed = await missed();
    assert.deepEqual(listed, [page.id]);
    pages[0].say({ type: 'claim', pageId: page.id });
    assert.equal((await pages[0].next('claimed')).granted, false);
  });

  it('names agents by variables and by lists with commas', async () => {
    await start({ target: 'agents', agents: ['{{variables.first}}, bruno', 'nobody'] });
    const { receipt } = await send({ payload: incomingEvent(), variables: { first: 'carla' } });
    assert.deepEqual(receipt.agents, ['carla', 'bruno']);
    assert.match(receipt.reason, /"nobody"/);
  });

  it('fails with E_NO_AGENT when every name is unknown', async () => {
    await start({ target: 'agents', agents: ['nobody', '__proto__'] });
    const caught = nextInput('caught');
    node('action').receive({ payload: incomingEvent() });
    assert.equal((await caught)['error'].code, 'E_NO_AGENT');
  });

  it('goes on with the reason when nobody could ever see the page', async () => {
    await start({ target: 'queue' });
    const { receipt } = await send({ payload: 'no event of ours' });
    assert.equal(receipt.status, 'undelivered');
    assert.match(receipt.reason, /no event/);
  });

  it('takes the content and the title of a popup-template', async () => {
    const template = {
      id: 'template',
      type: 'popup-template',
      title: 'Order {{payload.order.id}}',
      content: '<b>{{payload.order.id}}</b>',
    };
    await start({ template: 'template', title: '', content: 'not this' }, template);
    const { pages } = await agentsOf('anna');
    node('action').receive({ payload: { order: { id: '9/9 <' } } });
    const { page } = await pages[0].next('page');
    assert.deepEqual(page.content, {
      kind: 'popup',
      title: 'Order 9/9 <',
      html: '<b>9&#x2F;9 &lt;</b>',
    });
  });

  const wrong: readonly [string, string, object][] = [
    ['a template that is more than names', 'E_TEMPLATE', { content: '{{{text}}}' }],
    ['a title that is not closed', 'E_TEMPLATE', { title: '{{text' }],
    ['no agent desktop', 'E_CONFIG', { desktop: '' }],
    ['an agent desktop that does not exist', 'E_CONFIG', { desktop: 'gone' }],
    ['a popup-template that does not exist', 'E_CONFIG', { template: 'gone' }],
    ['an unknown target', 'E_CONFIG', { target: 'everyone' }],
    ['a time that is no number', 'E_CONFIG', { ttl: 'soon' }],
  ];
  for (const [what, code, more] of wrong) {
    it(`refuses its messages with ${code} for ${what}`, async () => {
      await start(more);
      const status = node('action').status.args.at(-1)?.[0];
      assert.equal(status.fill, 'red');
      const caught = nextInput('caught');
      node('action').receive({ payload: incomingEvent() });
      assert.equal((await caught)['error'].code, code);
    });
  }
});

function unescape(html: string): string {
  const names: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' };
  return html.replace(/&(?:#x([0-9A-Fa-f]+)|#(\d+)|(\w+));/g, (_, hex, decimal, name) =>
    name ? names[name]! : String.fromCodePoint(Number(hex ? `0x${hex}` : decimal)),
  );
}
