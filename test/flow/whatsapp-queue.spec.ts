import assert from 'node:assert/strict';
import * as meta from '../fixtures/meta.ts';
import { openPage, serveDesktops, useAgents } from '../support/agent.ts';
import { settled, until } from '../support/agents-work.ts';
import {
  agentsOf,
  credentials,
  desktopFlow,
  onTab,
  passwords,
  registers,
  reportsOf,
  useDesktopFlow,
} from '../support/desktop-flow.ts';
import {
  deploy,
  type FlowNode,
  nextInput,
  node,
  redeploy,
  type TestMessage,
  useRuntime,
} from '../support/flow.ts';
import { postWebhook } from '../support/webhook.ts';

const inlet = onTab({ id: 'in', type: 'whatsapp-in', wires: [['seen'], []] });
const seen = onTab({ id: 'seen', type: 'helper' });

describe('whatsapp-queue', () => {
  useDesktopFlow();
  useRuntime();
  useAgents();

  const start = (queue: object = {}, ...others: readonly FlowNode[]) =>
    deploy(registers, desktopFlow({ queue }, inlet, seen, ...others), credentials());

  async function write(root: string, text = 'Dov’è il mio ordine?'): Promise<void> {
    const answer = await postWebhook(`${root}/whatsapp/shop-path`, meta.textWebhook(text));
    assert.equal(answer.status, 200);
  }

  /** The next list of so many offers. */
  async function offered(page: Awaited<ReturnType<typeof openPage>>, count = 1) {
    for (;;) {
      const { offers } = await page.next('offers');
      if (offers.length === count) return offers;
    }
  }

  function eventNamed(name: string): Promise<TestMessage> {
    return new Promise((resolve) => {
      node('seen').on('input', (msg: TestMessage) => {
        if (msg['topic'] === name) resolve(msg);
      });
    });
  }

  it('offers a new interaction to every agent of the queue who is there, and to nobody else', async () => {
    await start();
    const { root, pages } = await agentsOf('anna', 'bruno', 'carla');
    const [anna, bruno, carla] = pages;
    await write(root);
    const [[offer], [same]] = await Promise.all([offered(anna), offered(bruno)]);
    assert.equal(offer!.contact, 'Giulia Müller 🌻');
    assert.equal(offer!.detail, '+393331234567');
    assert.equal(offer!.account, 'Shop');
    assert.equal(offer!.queue, 'Sales');
    assert.equal(offer!.text, 'Dov’è il mio ordine?');
    assert.equal(offer!.id, same!.id);
    const stands = (offer!.expiresAt ?? 0) - Date.now();
    assert.ok(stands > 20_000 && stands <= 30_000, `${stands}`);
    carla.say({ type: 'ping' });
    await carla.next('pong');
    assert.ok(carla.untaken('offers').every(({ offers }) => offers.length === 0));
  });

  it('gives the interaction to the first who accepts, and takes it from the others', async () => {
    await start();
    const { root, pages } = await agentsOf('anna', 'bruno');
    const [anna, bruno] = pages;
    const accepted = eventNamed('message.accepted');
    await write(root);
    const [[offer]] = await Promise.all([offered(anna), offered(bruno)]);
    anna.say({ type: 'accept', offerId: offer!.id });
    bruno.say({ type: 'accept', offerId: offer!.id });
    const answers = await Promise.all([anna.next('answered'), bruno.next('answered')]);
    assert.deepEqual(
      answers.map(({ won }) => won),
      [true, false],
    );
    const { payload } = await accepted;
    assert.deepEqual(payload.agent, { username: 'anna', name: 'ANNA' });
    assert.equal(payload.queue, 'Sales');
    assert.equal(answers[0].interactionId, payload.interaction.id);
    await Promise.all([offered(anna, 0), offered(bruno, 0)]);
  });

  it('takes the popup from the screens of the others when one accepts', async () => {
    const popup = { id: 'popup', type: 'browser-popup', desktop: 'desktop', target: 'queue' };
    const wires = [['next'], ['receipts']];
    await start(
      {},
      onTab({ ...popup, title: 'Call', content: '<p>Call</p>', receipts: true, wires }),
      onTab({ id: 'next', type: 'helper' }),
      onTab({ id: 'receipts', type: 'helper' }),
    );
    const { root, pages, desktop } = await agentsOf('anna', 'bruno');
    const [anna, bruno] = pages;
    const incoming = eventNamed('message.incoming');
    await write(root);
    const [offer] = await offered(anna);
    const receipts: TestMessage[] = [];
    node('receipts').on('input', (msg: TestMessage) => void receipts.push(msg));
    node('popup').receive({ payload: (await incoming)['payload'] });
    for (const page of pages) {
      const { id } = (await page.next('page')).page;
      page.say({ type: 'claim', pageId: id });
      assert.equal((await page.next('claimed')).granted, true);
      page.say({ type: 'receipt', pageId: id, what: 'shown' });
    }
    await settled(bruno);
    const second = await openPage(desktop, 'bruno', passwords.bruno);
    const [{ id } = { id: '' }] = (await second.next('recent')).pages;
    anna.say({ type: 'accept', offerId: offer!.id });
    for (const page of [bruno, second]) {
      assert.deepEqual((await page.next('withdrawn')).pageIds, [id]);
    }
    await settled(anna);
    assert.deepEqual(anna.untaken('withdrawn'), []);
    const withdrawn = receipts.filter(({ topic }) => topic === 'receipt.withdrawn');
    assert.deepEqual(
      withdrawn.map(({ payload }) => [payload.agent, payload.pageId]),
      [['bruno', id]],
    );
    const later = await openPage(desktop, 'bruno', passwords.bruno);
    assert.deepEqual((await later.next('recent')).pages, []);
  });

  it('takes the popup that waits for the others from them when one accepts', async () => {
    const popup = { id: 'popup', type: 'browser-popup', desktop: 'desktop', target: 'all' };
    await start({}, onTab({ ...popup, title: 'Call', content: '<p>Call</p>' }));
    const { root, pages } = await agentsOf('anna', 'bruno');
    const [anna, bruno] = pages;
    const incoming = eventNamed('message.incoming');
    await write(root);
    const [offer] = await offered(anna);
    node('popup').receive({ payload: (await incoming)['payload'] });
    const [annas, brunos] = await Promise.all([anna.next('page'), bruno.next('page')]);
    anna.say({ type: 'accept', offerId: offer!.id });
    assert.deepEqual((await bruno.next('withdrawn')).pageIds, [brunos.page.id]);
    bruno.say({ type: 'claim', pageId: brunos.page.id });
    assert.equal((await bruno.next('claimed')).granted, false);
    anna.say({ type: 'claim', pageId: annas.page.id });
    assert.equal((await anna.next('claimed')).granted, true);
    assert.deepEqual(anna.untaken('withdrawn'), []);
  });

  it('leaves the offer to the others when one rejects, and ends it when all have', async () => {
    await start();
    const { root, pages } = await agentsOf('anna', 'bruno');
    const [anna, bruno] = pages;
    const rejected = eventNamed('message.rejected');
    await write(root);
    const [[offer]] = await Promise.all([offered(anna), offered(bruno)]);
    anna.say({ type: 'reject', offerId: offer!.id });
    await anna.next('answered');
    assert.equal((await rejected)['payload'].agent.username, 'anna');
    await offered(anna, 0);
    anna.say({ type: 'accept', offerId: offer!.id });
    assert.equal((await anna.next('answered')).won, false);
    bruno.say({ type: 'reject', offerId: offer!.id });
    assert.equal((await bruno.next('answered')).won, true);
    await offered(bruno, 0);
  });

  it('goes on when nobody took it in its time: to all who are ready, without a clock', async () => {
    await start({ timeout: 1 });
    const { root, pages } = await agentsOf('anna', 'bruno');
    const [anna, bruno] = pages;
    const events: TestMessage[] = [];
    node('seen').on('input', (msg: TestMessage) => void events.push(msg));
    await write(root);
    const [[offer]] = await Promise.all([offered(anna), offered(bruno)]);
    anna.say({ type: 'reject', offerId: offer!.id });
    await offered(anna, 0);
    const timedOut = eventNamed('message.rejected');
    const [again] = await offered(anna);
    assert.deepEqual([again!.id, again!.expiresAt], [offer!.id, undefined]);
    assert.equal((await offered(bruno))[0]!.expiresAt, undefined);
    const { payload } = await timedOut;
    assert.deepEqual([payload.message.reason, payload.agent], ['timeout', undefined]);
    anna.say({ type: 'reject', offerId: offer!.id });
    await offered(anna, 0);
    await write(root, 'Hello?');
    assert.equal((await offered(anna))[0]!.id, offer!.id);
    bruno.say({ type: 'accept', offerId: offer!.id });
    assert.equal((await until(bruno, 'answered', () => true)).won, true);
    await offered(anna, 0);
    const rejections = events.filter(({ topic }) => topic === 'message.rejected');
    assert.equal(rejections.length, 2);
  });

  it('comes back to the only agent who is ready, when they gave it to their queue and its time is over', async () => {
    await start({ timeout: 1 });
    const { root, pages } = await agentsOf('anna');
    const [anna] = pages;
    await write(root);
    const [offer] = await offered(anna);
    anna.say({ type: 'accept', offerId: offer!.id });
    const { id: interactionId } = (await anna.next('interaction')).interaction;
    await offered(anna, 0);
    anna.say({ type: 'transfer', interactionId, to: { queue: 'sales' } });
    const [again] = await offered(anna);
    assert.equal(again!.expiresAt, undefined);
    anna.say({ type: 'accept', offerId: again!.id });
    assert.equal((await until(anna, 'answered', ({ offerId }) => offerId === again!.id)).won, true);
  });

  it('has its whole time again when nobody was there for it to run', async () => {
    await start({ timeout: 2 });
    const { root, pages } = await agentsOf('anna');
    const [anna] = pages;
    await write(root);
    const [offer] = await offered(anna);
    anna.say({ type: 'status', status: 'paused' });
    await offered(anna, 0);
    anna.say({ type: 'status', status: 'ready' });
    const [again] = await offered(anna);
    assert.equal(again!.id, offer!.id);
    assert.ok((again!.expiresAt ?? 0) > (offer!.expiresAt ?? Infinity));
  });

  it('lets no agent answer an offer of a queue that is not theirs', async () => {
    await start();
    const { root, pages } = await agentsOf('anna', 'carla');
    const [anna, carla] = pages;
    await write(root);
    const [offer] = await offered(anna);
    carla.say({ type: 'accept', offerId: offer!.id });
    assert.equal((await carla.next('answered')).won, false);
    anna.say({ type: 'accept', offerId: offer!.id });
    assert.equal((await anna.next('answered')).won, true);
  });

  it('keeps an offer for the first agent who comes, and its time begins then', async () => {
    await start();
    const root = await serveDesktops();
    await write(root);
    const before = Date.now();
    const anna = await openPage(`${root}/agents`, 'anna', passwords.anna);
    const [offer] = await offered(anna);
    assert.ok((offer!.expiresAt ?? 0) >= before + 30_000);
  });

  it('shows a page of an offered interaction to those who have not rejected it', async () => {
    const popup = onTab({ id: 'action', type: 'browser-popup', desktop: 'desktop', content: 'x' });
    await start({}, popup);
    const { root, pages } = await agentsOf('anna', 'bruno', 'carla');
    const [anna, bruno, carla] = pages;
    const arrival = nextInput('seen');
    await write(root);
    const { payload } = await arrival;
    const [[offer]] = await Promise.all([offered(anna), offered(bruno)]);
    anna.say({ type: 'reject', offerId: offer!.id });
    await anna.next('answered');
    node('action').receive({ payload });
    await bruno.next('page');
    assert.deepEqual([...anna.untaken('page'), ...carla.untaken('page')], []);
  });

  it('takes its offers along when it is taken out', async () => {
    await start();
    const { root, pages } = await agentsOf('anna');
    const [anna] = pages;
    await write(root);
    await offered(anna);
    const flow = desktopFlow({}, inlet, seen).filter(({ id }) => id !== 'sales' && id !== 'shop');
    await redeploy(flow, 'nodes', credentials());
    await offered(anna, 0);
  });

  const wrong: readonly [string, object][] = [
    ['an unknown strategy', { strategy: 'loudest' }],
    ['no agent desktop', { desktop: '' }],
    ['an agent desktop that does not exist', { desktop: 'gone' }],
    ['a time that is no number', { timeout: 'a while' }],
  ];
  for (const [what, more] of wrong) {
    it(`is refused with E_CONFIG for ${what}`, async () => {
      await start(more);
      assert.equal(reportsOf('sales', 'error')[0].code, 'E_CONFIG');
    });
  }

  it('warns of agents that its desktop does not have', async () => {
    await start({ agents: ['anna', ' nobody '] });
    assert.match(reportsOf('sales', 'warn')[0], /nobody$/);
  });
});
