import assert from 'node:assert/strict';
import triggerVariables from '../../nodes/trigger-variables/trigger-variables.ts';
import { incomingEvent } from '../fixtures/event.ts';
import { hostileTexts } from '../fixtures/hostile.ts';
import { useAgents } from '../support/agent.ts';
import {
  afterAction,
  agentsOf,
  credentials,
  desktopFlow,
  onTab,
  registers,
  useDesktopFlow,
} from '../support/desktop-flow.ts';
import { deploy, type FlowNode, nextInput, node, useRuntime } from '../support/flow.ts';

const specified =
  'http://ip-address/cti/index.html?CALLID={{uniqueid}}&CALLER={{calleridnum}}&QUEUE={{queue}}' +
  '&ORDER={{ORDERNUM}}&STATUS={{ORDERSTAT}}';

const ctiUrl = (more: object = {}): FlowNode =>
  onTab({
    id: 'action',
    type: 'cti-url',
    desktop: 'desktop',
    url: specified,
    target: 'all',
    wires: [['next']],
    ...more,
  });

describe('cti-url', () => {
  useDesktopFlow();
  useRuntime();
  useAgents();

  const start = (more: object = {}, ...others: readonly FlowNode[]) =>
    deploy(
      [...registers, triggerVariables],
      desktopFlow({}, ctiUrl(more), ...others, ...afterAction),
      credentials(),
    );

  /** The content of the page that a message brings to anna. */
  async function contentFor(msg: object) {
    const { pages } = await agentsOf('anna');
    node('action').receive(msg);
    const { page } = await pages[0].next('page');
    assert.ok(page.content.kind === 'cti');
    return page.content;
  }

  /** The specification's example: five values that need care. */
  const example = () => {
    const event = incomingEvent();
    return {
      payload: {
        ...event,
        interaction: { ...event.interaction, id: '17' },
        contact: { ...event.contact, phone: '+39 02 1' },
        queue: 'Sales & Co',
      },
      variables: { ORDERNUM: '9/9', ORDERSTAT: 'à spedire' },
    };
  };
  const five = [
    ['CALLID', '17'],
    ['CALLER', '+39 02 1'],
    ['QUEUE', 'Sales & Co'],
    ['ORDER', '9/9'],
    ['STATUS', 'à spedire'],
  ];

  it('opens exactly what the URL says, with every value encoded', async () => {
    await start();
    const { url, location } = await contentFor(example());
    assert.equal(location, 'tab');
    assert.deepEqual([...new URL(url).searchParams], five);
  });

  it('appends every other variable with Event Variables, none twice', async () => {
    await start({ eventVariables: true });
    const { url } = await contentFor(example());
    const pairs = [...new URL(url).searchParams];
    assert.deepEqual(pairs.slice(0, 5), five);
    const names = pairs.map(([name]) => name);
    assert.equal(new Set(names).size, names.length);
    assert.ok(names.includes('calleridname') && names.includes('ORDERNUM'));
    assert.ok(pairs.every(([, value]) => value !== ''));
  });

  it('leaves sensitive variables out of what it appends', async () => {
    const variables = {
      id: 'variables',
      type: 'trigger-variables',
      variables: [{ name: 'PIN', type: 'string', sensitive: true }],
    };
    await start({ url: 'https://crm.example/', eventVariables: 'true' }, variables);
    const { url } = await contentFor({ variables: { PIN: '1234', ORDERNUM: '7' } });
    assert.equal(url, 'https://crm.example/?ORDERNUM=7');
  });

  it('keeps the host, whatever a customer writes', async () => {
    await start({ url: 'https://crm.example/{{text}}?q={{text}}#{{text}}', repeat: 'stack' });
    const { pages } = await agentsOf('anna');
    for (const text of hostileTexts) {
      const { message } = incomingEvent();
      node('action').receive({ payload: incomingEvent({ message: { ...message!, text } }) });
      const { page } = await pages[0].next('page');
      assert.ok(page.content.kind === 'cti');
      const url = new URL(page.content.url);
      assert.equal(url.origin, 'https://crm.example');
      assert.deepEqual([...url.searchParams], [['q', text.toWellFormed()]]);
      pages[0].say({ type: 'claim', pageId: page.id });
    }
  });

  it('names a dashboard tab by its title, with variables, and a window by its size', async () => {
    await start({
      location: 'dashboard',
      tabTitle: 'CRM {{calleridname}}',
      width: '',
      height: '900',
    });
    assert.deepEqual(
      { ...(await contentFor(example())), url: '' },
      {
        kind: 'cti',
        url: '',
        location: 'dashboard',
        tabTitle: 'CRM Giulia Müller',
        width: 1024,
        height: 900,
      },
    );
  });

  it('tells who has seen it and passes the message on', async () => {
    await start();
    const { pages } = await agentsOf('anna');
    const [arrival, completion] = [nextInput('next'), nextInput('completed')];
    const msg = example();
    node('action').receive(msg);
    const { page } = await pages[0].next('page');
    pages[0].say({ type: 'claim', pageId: page.id });
    const { receipt, payload } = await arrival;
    assert.equal(receipt.status, 'shown');
    assert.deepEqual(receipt.agents, ['anna']);
    assert.deepEqual(payload, msg.payload);
    await completion;
  });

  it('fails with E_URL when a value would walk the path', async () => {
    await start({ url: 'https://crm.example/{{text}}/edit' });
    const caught = nextInput('caught');
    const { message } = incomingEvent();
    const walking = { ...message!, text: '..' };
    node('action').receive({ payload: incomingEvent({ message: walking }) });
    assert.equal((await caught)['error'].code, 'E_URL');
  });

  const wrong: readonly [string, string, object][] = [
    ['a URL without a host', 'E_URL', { url: 'crm' }],
    ['a URL of another scheme', 'E_URL', { url: 'javascript:alert({{text}})' }],
    ['a host that is a variable', 'E_URL', { url: 'https://{{text}}/' }],
    ['no URL', 'E_URL', { url: '' }],
    ['a URL that is more than names', 'E_TEMPLATE', { url: 'https://crm.example/{{#a}}{{/a}}' }],
    ['a title that is not closed', 'E_TEMPLATE', { tabTitle: '{{text' }],
    ['an unknown location', 'E_CONFIG', { location: 'moon' }],
    ['a width that is no number', 'E_CONFIG', { width: 'wide' }],
    ['an agent desktop that does not exist', 'E_CONFIG', { desktop: 'gone' }],
  ];
  for (const [what, code, more] of wrong) {
    it(`refuses its messages with ${code} for ${what}`, async () => {
      await start(more);
      assert.equal(node('action').status.args.at(-1)?.[0].fill, 'red');
      const caught = nextInput('caught');
      node('action').receive({ payload: incomingEvent() });
      assert.equal((await caught)['error'].code, code);
    });
  }
});
