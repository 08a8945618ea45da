import assert from 'node:assert/strict';
import { join } from 'node:path';
import interaction from '../../nodes/interaction/interaction.ts';
import script from '../../nodes/script/script.ts';
import { openLogs } from '../../nodes/shared/log/event-logs.ts';
import { resend } from '../../nodes/shared/log/resend.ts';
import urlForward from '../../nodes/url-forward/url-forward.ts';
import whatsappOut from '../../nodes/whatsapp-out/whatsapp-out.ts';
import type { WhatsAppEvent } from '../../src/event/event.ts';
import type { ActRequest, SendRequest } from '../../src/simulator/protocol.ts';
import { type Crm, startCrm } from '../support/crm.ts';
import {
  credentials,
  desktopFlow,
  onTab,
  registers,
  useDesktopFlow,
} from '../support/desktop-flow.ts';
import {
  core,
  deploy,
  type FlowNode,
  nextInput,
  node,
  runtimeApi,
  serve,
  settings,
  type TestMessage,
  useRuntime,
} from '../support/flow.ts';
import { simulatorAdmin } from '../support/simulator-admin.ts';
import { useTempFolder } from '../support/temp-folder.ts';

const customer = { name: 'Zoë', phone: '+491510000103' };
const types = ['url-forward', 'browser-popup', 'cti-url', 'script', 'whatsapp-out', 'interaction'];

describe('a dry run', () => {
  useDesktopFlow();
  useRuntime();
  const folder = useTempFolder();
  let crm: Crm;
  let admin: string;
  let seen: WhatsAppEvent[];

  before(async () => {
    crm = await startCrm();
  });
  after(() => crm.close());

  beforeEach(async () => {
    settings({ userDir: folder(), whatsappTriggers: { scripts: { folders: [folder()] } } });
    const own = [simulatorAdmin, ...registers, urlForward, script, whatsappOut, interaction];
    const all = [...own, core('function/89-trigger')];
    const { shop: _, ...secrets } = credentials();
    await deploy(all, flow(), secrets);
    admin = `${await serve(runtimeApi().httpAdmin)}/whatsapp-triggers/simulator`;
    seen = [];
    node('seen').on('input', (msg: { payload: WhatsAppEvent }) => seen.push(msg.payload));
  });

  /** Behind the first action, a reminder that comes when the flow is done with the event. */
  function flow(): FlowNode[] {
    const forward = { allow: [crm.host], retry: 'none' };
    const action = (type: string, properties: object): FlowNode[] => [
      onTab({ id: type, type, wires: [[`after-${type}`]], ...properties }),
      onTab({ id: `after-${type}`, type: 'helper' }),
    ];
    return desktopFlow(
      { account: { provider: 'simulator', accountId: '' } },
      onTab({
        id: 'in',
        type: 'whatsapp-in',
        delivery: true,
        wires: [['seen', ...types], ['seen']],
      }),
      onTab({ id: 'seen', type: 'helper' }),
      ...action('url-forward', {
        url: `${crm.url}/{{text}}`,
        wires: [['after-url-forward', 'later']],
        ...forward,
      }),
      onTab({
        id: 'later',
        type: 'trigger',
        op1type: 'nul',
        op2: 'reminder',
        op2type: 'str',
        duration: '1',
        wires: [['remind']],
      }),
      onTab({
        id: 'remind',
        type: 'url-forward',
        url: `${crm.url}/{{payload}}`,
        eventData: 'none',
        wires: [['reminded']],
        ...forward,
      }),
      onTab({ id: 'reminded', type: 'helper' }),
      ...action('browser-popup', { desktop: 'desktop', content: '<p>{{text}}</p>', target: 'all' }),
      ...action('cti-url', { desktop: 'desktop', url: `${crm.url}/?t={{text}}`, target: 'all' }),
      ...action('script', { script: join(folder(), 'there-is-none.sh') }),
      ...action('whatsapp-out', { text: 'Hello {{calleridname}}' }),
      ...action('interaction', { action: 'close', reason: 'done with {{text}}' }),
    );
  }

  async function post(path: string, body: unknown): Promise<Response> {
    const headers = { 'content-type': 'application/json' };
    return fetch(`${admin}/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  async function send(text: string, more: Partial<SendRequest> = {}): Promise<WhatsAppEvent> {
    const happening = { kind: 'text', text } as const;
    const request = { account: 'shop', customer, happening, dryRun: true, ...more };
    const answer = await post('send', request);
    assert.deepEqual([answer.status, (await answer.json()).status], [200, 200]);
    return arrived(({ message }) => message?.text === text);
  }

  async function arrived(wanted: (event: WhatsAppEvent) => boolean): Promise<WhatsAppEvent> {
    for (;;) {
      const found = seen.find(wanted);
      if (found) return found;
      await new Promise((resolve) => node('seen').once('input', resolve));
    }
  }

  const named = (name: string) => arrived((event) => event.name === name);

  async function act(wanted: Omit<ActRequest, 'interaction'>, about: WhatsAppEvent) {
    const answer = await post('act', { interaction: about.interaction.id, ...wanted });
    return { status: answer.status, body: await answer.json() };
  }

  function sentOnBy(type: string): Promise<TestMessage> {
    return new Promise((resolve) => node(`after-${type}`).once('input', resolve));
  }

  it('has every action tell what it would have done, and do nothing', async () => {
    const all = Promise.all(types.map(sentOnBy));
    const event = await send('urgent');
    assert.equal(event.dryRun, true);
    const stubs = (await all).map(({ stubbed }) => stubbed);
    assert.deepEqual(
      stubs.map(({ type }) => type),
      types,
    );
    const [forward, popup, cti, run, out, closing] = stubs;
    assert.deepEqual([forward.method, new URL(forward.url).pathname], ['GET', '/urgent']);
    assert.deepEqual(popup.content, { kind: 'popup', title: '', html: '<p>urgent</p>' });
    assert.equal(cti.content.url, `${crm.url}/?t=urgent`);
    assert.equal(run.environment.WA_TEXT, 'urgent');
    assert.equal(out.content.text, 'Hello Zoë');
    assert.deepEqual([closing.action, closing.reason], ['close', 'done with urgent']);
    assert.ok(!crm.requests.some(({ path }) => path.includes('urgent')));
    const [log] = await openLogs(runtimeApi());
    const { summary, steps } = log?.store.get(event.id) ?? {};
    assert.equal(summary?.outcome, 'stubbed');
    assert.deepEqual(
      steps?.flatMap(({ outcome, node }) => (outcome === 'stubbed' ? node?.type : [])).toSorted(),
      types.toSorted(),
    );
    assert.equal((await send('still open')).interaction.id, event.interaction.id);
  });

  it('is one as well when a trigger node sends later and puts another payload in its place', async () => {
    const reminded = nextInput('reminded');
    await send('remind me');
    const { payload, stubbed } = await reminded;
    assert.deepEqual([payload, stubbed?.url], ['reminder', `${crm.url}/reminder`]);
  });

  it('is one as well behind an action to which alone it is sent again', async () => {
    const first = nextInput('reminded');
    const { id } = await send('again');
    await first;
    const [log] = await openLogs(runtimeApi());
    const record = log?.store.get(id);
    assert.ok(record);
    const second = nextInput('reminded');
    await resend(runtimeApi(), record, 'url-forward');
    assert.equal((await second)['stubbed']?.url, `${crm.url}/reminder`);
  });

  it('is an interaction of its own beside the real one of the same customer', async () => {
    const rehearsed = await send('dry');
    const real = await send('real', { dryRun: false });
    assert.equal('dryRun' in real, false);
    assert.equal(real.interaction.change, 'opened');
    assert.notEqual(real.interaction.id, rehearsed.interaction.id);
    assert.equal((await send('dry again')).interaction.id, rehearsed.interaction.id);
  });

  it('goes on when an agent accepts, and when it is closed', async () => {
    const opened = await send('help');
    assert.equal((await act({ act: 'accept' }, opened)).status, 200);
    const accepted = await named('message.accepted');
    assert.deepEqual(
      [accepted.name, accepted.agent?.username, accepted.dryRun],
      ['message.accepted', 'anna', true],
    );
    assert.equal((await act({ act: 'close', reason: 'solved' }, opened)).status, 200);
    const closed = await named('interaction.closed');
    assert.deepEqual(
      [closed.name, closed.interaction.reason, closed.dryRun],
      ['interaction.closed', 'solved', true],
    );
  });

  it('puts an offer that is rejected to the next agent', async () => {
    const opened = await send('help');
    await act({ act: 'reject' }, opened);
    await act({ act: 'accept' }, opened);
    await named('message.accepted');
    assert.deepEqual(
      seen.slice(1).map(({ name, agent }) => [name, agent?.username]),
      [
        ['message.rejected', 'anna'],
        ['message.accepted', 'bruno'],
      ],
    );
  });

  it('says why an agent can do nothing', async () => {
    const opened = await send('help');
    const refused = async (wanted: Omit<ActRequest, 'interaction'>, about = opened) => {
      const { status, body } = await act(wanted, about);
      return [status, body.reason];
    };
    assert.deepEqual(await refused({ act: 'accept', agent: 'carla' }), [409, 'noAgent']);
    await act({ act: 'accept' }, opened);
    assert.deepEqual(await refused({ act: 'accept' }), [409, 'noOffer']);
    await act({ act: 'close' }, opened);
    assert.deepEqual(await refused({ act: 'close' }), [409, 'notOpen']);
    const foreign = { ...opened, interaction: { ...opened.interaction, id: 'of a real contact' } };
    assert.deepEqual(await refused({ act: 'close' }, foreign), [409, 'unknown']);
    assert.equal((await post('act', { act: 'dance' })).status, 400);
  });
});
