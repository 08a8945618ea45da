import assert from 'node:assert/strict';
import triggerVariables from '../../nodes/trigger-variables/trigger-variables.ts';
import { hostileTexts } from '../fixtures/hostile.ts';
import { incomingEvent } from '../fixtures/event.ts';
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
import { deploy, node, useRuntime } from '../support/flow.ts';
import { useAsker } from '../support/preview.ts';

const specified =
  'http://ip-address/cti/index.html?CALLID={{uniqueid}}&CALLER={{calleridnum}}&QUEUE={{queue}}' +
  '&ORDER={{ORDERNUM}}&STATUS={{ORDERSTAT}}';

/** The specification's example. */
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

describe('the preview of a page for agents', () => {
  useDesktopFlow();
  useRuntime();
  useAgents();
  const asker = useAsker('cti-url.write', 'browser-popup.write', 'popup-template.write');

  const start = (...actions: Parameters<typeof onTab>) =>
    deploy(
      [asker.permissions, ...registers, triggerVariables],
      desktopFlow({}, ...actions.map((one) => onTab(one)), ...afterAction),
      credentials(),
    );
  const action = (more: object) => ({
    id: 'action',
    type: 'cti-url',
    desktop: 'desktop',
    target: 'all',
    wires: [['next']],
    ...more,
  });

  /** What the deployed node brings to anna, message by message. */
  async function shownFor(messages: readonly object[]) {
    const { pages } = await agentsOf('anna');
    const contents = [];
    for (const msg of messages) {
      node('action').receive(structuredClone(msg));
      contents.push((await pages[0].next('page')).page.content);
    }
    return contents;
  }

  for (const eventVariables of [false, true]) {
    const mode = eventVariables ? 'with' : 'without';
    it(`of cti-url is the address that the node then opens, ${mode} Event Variables`, async () => {
      const msg = example();
      const config = { url: specified, eventVariables, tabTitle: '{{calleridname}}' };
      await start(action(config));
      const { url, tabTitle } = await asker.ask('cti-url', config, { id: 'action', msg });
      const content = (await shownFor([msg]))[0];
      assert.ok(content?.kind === 'cti');
      assert.deepEqual([content.url, content.tabTitle], [url, tabTitle]);
    });
  }

  it('of cti-url tells what Event Variables would add, and what the URL names already', async () => {
    await start(action({ url: specified }));
    const config = { url: `${specified}&text=fixed` };
    const { url, added, collided, missing } = await asker.ask('cti-url', config, {
      msg: example(),
    });
    assert.deepEqual(
      [...new URL(url).searchParams.values()],
      ['17', '+39 02 1', 'Sales & Co', '9/9', 'à spedire', 'fixed'],
    );
    assert.ok(added.includes('calleridname') && added.includes('ORDERNUM'));
    assert.ok(!added.includes('text'));
    assert.deepEqual([collided, missing], [['text'], []]);
  });

  it('of browser-popup is what the agents get, escaped, whatever a customer writes', async () => {
    const config = { title: 'From {{calleridname}}', content: '<p title="{{text}}">{{text}}</p>' };
    await start(action({ type: 'browser-popup', ...config, repeat: 'stack' }));
    const messages = hostileTexts.map((text) => {
      const contact = { id: 'c', phone: '+391', name: text };
      return { payload: incomingEvent({ contact }), variables: { text } };
    });
    const shown = await shownFor(messages);
    for (const [index, msg] of messages.entries()) {
      const { title, html } = await asker.ask('browser-popup', config, { id: 'action', msg });
      assert.deepEqual(shown[index], { kind: 'popup', title, html });
    }
  });

  it('of browser-popup has the template of the editor, which may not be deployed', async () => {
    await start(action({ type: 'browser-popup', content: 'x' }));
    const template = { title: 'of the template', content: '<b>{{text}}</b>' };
    const config = { content: 'not this', template };
    const first = await asker.ask('browser-popup', config);
    assert.equal(first.title, 'of the template');
    assert.match(first.html, /^<b>Hello, /);
    const second = await asker.ask('browser-popup', { ...config, title: 'of the node' });
    assert.equal(second.title, 'of the node');
  });

  it('of popup-template is that of its own texts', async () => {
    await start(action({ type: 'browser-popup', content: 'x' }));
    const config = { title: '{{calleridname}}', content: '<p>{{calleridnaem}}</p>' };
    const { title, html, missing } = await asker.ask('popup-template', config);
    assert.deepEqual([title, html], ['Anna Bell & Sons', '<p></p>']);
    assert.deepEqual(missing, ['calleridnaem']);
    const wrong = await asker.ask('popup-template', { content: '{{{text}}}' });
    assert.equal(wrong.faults[0].code, 'E_TEMPLATE');
  });

  it('says whether a desktop lists the host, and asks no private address about frames', async () => {
    await start(action({ url: specified }));
    const look = async (url: string, frames: readonly string[]) =>
      (await asker.ask('cti-url/framing', { url, frames })).framing;
    assert.equal(await look('http://127.0.0.1:9/crm', []), 'unknown');
    assert.equal(await look('http://127.0.0.1:9/crm', ['crm.example.com']), 'unlisted');
    assert.equal(await look('no address', []), 'unknown');
  });

  it('is for those only who may change the node', async () => {
    await start(action({ url: specified }));
    asker.granted = ['whatsapp-account.write'];
    for (const path of ['cti-url', 'cti-url/framing', 'browser-popup', 'popup-template']) {
      const answer = await asker.post(path, { id: 'x', config: {}, msg: {} });
      assert.equal(answer.status, 401, path);
    }
  });
});
