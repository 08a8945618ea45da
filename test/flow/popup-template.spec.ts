import assert from 'node:assert/strict';
import { useAgents } from '../support/agent.ts';
import {
  afterAction,
  agentsOf,
  credentials,
  desktopFlow,
  onTab,
  registers,
  reportsOf,
  useDesktopFlow,
} from '../support/desktop-flow.ts';
import { deploy, nextInput, node, useRuntime } from '../support/flow.ts';

describe('popup-template', () => {
  useDesktopFlow();
  useRuntime();
  useAgents();

  const start = (template: object, popup: object = {}) =>
    deploy(
      registers,
      desktopFlow(
        {},
        { id: 'template', type: 'popup-template', ...template },
        onTab({
          id: 'action',
          type: 'browser-popup',
          desktop: 'desktop',
          template: 'template',
          target: 'all',
          wires: [['next']],
          ...popup,
        }),
        ...afterAction,
      ),
      credentials(),
    );

  async function shown(msg: object) {
    const { pages } = await agentsOf('anna');
    node('action').receive(msg);
    const { page } = await pages[0].next('page');
    return page.content;
  }

  it('is what a popup shows, with the values of the message escaped', async () => {
    await start({ title: 'Order {{payload.id}}', content: '<b>{{payload.id}}</b>', sample: {} });
    assert.deepEqual(await shown({ payload: { id: '9 < 10' } }), {
      kind: 'popup',
      title: 'Order 9 < 10',
      html: '<b>9 &lt; 10</b>',
    });
  });

  it('leaves the title to the popup that has one', async () => {
    await start({ title: 'Template', content: 'x' }, { title: 'Popup' });
    assert.deepEqual(await shown({}), { kind: 'popup', title: 'Popup', html: 'x' });
  });

  it('works with nothing in it', async () => {
    await start({});
    assert.deepEqual(await shown({}), { kind: 'popup', title: '', html: '' });
  });

  for (const [property, text] of [
    ['title', '{{> header}}'],
    ['content', 'Ciao\n{{{text}}}'],
  ] as const) {
    it(`is refused with the position of what is wrong in its ${property}, and so is its popup`, async () => {
      await start({ [property]: text });
      const [error] = reportsOf('template', 'error');
      assert.equal(error.code, 'E_TEMPLATE');
      assert.match(error.message, property === 'title' ? /1:1/ : /2:1/);
      const caught = nextInput('caught');
      node('action').receive({ payload: 1 });
      assert.equal((await caught)['error'].code, 'E_TEMPLATE');
    });
  }
});
