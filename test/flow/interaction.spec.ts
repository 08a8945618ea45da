import assert from 'node:assert/strict';
import interaction from '../../nodes/interaction/interaction.ts';
import * as meta from '../fixtures/meta.ts';
import { serveDesktops, useAgents } from '../support/agent.ts';
import {
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
  serveHttpNode,
  type TestMessage,
  useRuntime,
} from '../support/flow.ts';
import { postWebhook } from '../support/webhook.ts';

describe('interaction', () => {
  useDesktopFlow();
  useRuntime();
  useAgents();

  /** What comes in goes to "seen"; the node under test is asked by the tests themselves. */
  const flow = (given: object, more: Parameters<typeof desktopFlow>[0] = {}): FlowNode[] =>
    desktopFlow(
      more,
      onTab({ id: 'in', type: 'whatsapp-in', wires: [['seen']] }),
      onTab({ id: 'seen', type: 'helper' }),
      onTab({ id: 'act', type: 'interaction', wires: [['after']], ...given }),
      onTab({ id: 'after', type: 'helper' }),
    );
  const start = (given: object, more: Parameters<typeof desktopFlow>[0] = {}) =>
    deploy([...registers, interaction], flow(given, more), credentials());

  async function write(text = 'Ciao', person = meta.giulia): Promise<TestMessage> {
    const arrival = seen('message.incoming');
    const url = `${await serveHttpNode()}/whatsapp/shop-path`;
    const answer = await postWebhook(url, meta.textWebhook(text, person));
    assert.equal(answer.status, 200);
    return arrival;
  }

  function seen(topic: string): Promise<TestMessage> {
    return new Promise((resolve) => {
      const listener = (msg: TestMessage): void => {
        if (msg['topic'] !== topic) return;
        resolve(msg);
        setImmediate(() => node('seen')['removeListener']('input', listener));
      };
      node('seen').on('input', listener);
    });
  }

  /** Hands a message to the node and answers what it sends on. */
  async function act(msg: object): Promise<TestMessage> {
    const after = nextInput('after');
    node('act').receive(msg);
    return after;
  }

  /** Hands a message to the node and answers the error that it ends with. */
  function fail(msg: object): Promise<any> {
    return new Promise((resolve) => {
      node('act').once('call:error', ({ args }: { args: unknown[] }) => resolve(args[0]));
      node('act').receive(msg);
    });
  }

  /** What the node itself was called with; the runtime watches all nodes together. */
  function callsOf(method: 'status' | 'error'): any[] {
    const { args, thisValues } = node('act')[method] as any;
    return args.filter((_: unknown, i: number) => thisValues[i].id === 'act').flat();
  }

  describe('that closes', () => {
    it('ends the interaction with a reason that may hold variables, and passes the message on', async () => {
      await start({ action: 'close', reason: 'solved: {{text}}' });
      const opened = await write('grazie');
      const closed = seen('interaction.closed');
      const before = structuredClone(opened['payload']);
      const after = await act(opened);
      assert.deepEqual(after['payload'], before);
      const { payload, variables } = await closed;
      assert.equal(payload.interaction.id, before.interaction.id);
      assert.equal(payload.interaction.change, 'closed');
      assert.equal(payload.interaction.state, 'closed');
      assert.equal(payload.interaction.reason, 'solved: grazie');
      assert.equal(variables.reason, 'solved: grazie');
      assert.equal(callsOf('status').at(-1).fill, 'green');
    });

    it('says "flow" without a reason, and a later message opens another interaction', async () => {
      await start({});
      const opened = await write();
      const closed = seen('interaction.closed');
      await act(opened);
      assert.equal((await closed)['payload'].interaction.reason, 'flow');
      const again = await write('ancora');
      assert.equal(again['payload'].interaction.change, 'opened');
      assert.notEqual(again['payload'].interaction.id, opened['payload'].interaction.id);
    });

    it('is yellow and passes the message on when the interaction is closed already', async () => {
      await start({});
      const opened = await write();
      await act(structuredClone(opened));
      await redeploy(flow({ name: 'again' }), 'nodes');
      await act(opened);
      assert.equal(callsOf('status').at(-1).fill, 'yellow');
      assert.equal(callsOf('error').length, 0);
    });

    it('takes the interaction that another message names', async () => {
      await start({});
      const opened = await write();
      const closed = seen('interaction.closed');
      const { interactionid } = opened['variables'];
      await act({ payload: 'from the CRM', variables: { interactionid } });
      assert.equal((await closed)['payload'].interaction.id, interactionid);
    });

    it('ends with E_CONFIG when a message names none', async () => {
      await start({});
      assert.equal((await fail({ payload: 'something' })).code, 'E_CONFIG');
      assert.equal(
        (await fail({ variables: { interactionid: { toString: 1 } } })).code,
        'E_CONFIG',
      );
    });
  });

  describe('that assigns', () => {
    it('makes the interaction the agent’s: later events carry the agent, the offer ends', async () => {
      await start({ action: 'assign', agent: '{{text}}' });
      const { pages } = await agentsOf('anna', 'bruno');
      const [, bruno] = pages;
      const opened = await write('anna');
      while ((await bruno.next('offers')).offers.length !== 1);
      await act(opened);
      while ((await bruno.next('offers')).offers.length !== 0);
      const { payload } = await write('di nuovo');
      assert.deepEqual(payload.agent, { username: 'anna', name: 'ANNA' });
      assert.equal(payload.interaction.id, opened['payload'].interaction.id);
    });

    it('ends with E_NO_AGENT for a name that no agent has', async () => {
      await start({ action: 'assign', agent: '{{text}}' });
      await serveDesktops();
      const error = await fail(await write('nessuno'));
      assert.equal(error.code, 'E_NO_AGENT');
      assert.match(error.message, /nessuno/);
    });
  });

  describe('that sets variables', () => {
    const variables = [
      { name: 'ORDERNUM', value: '9/{{text}}' },
      { name: 'EMPTY', value: '' },
    ];

    it('gives them to the message at once, and to every later event of the interaction', async () => {
      await start({ action: 'variables', variables });
      const opened = await write('9');
      const { payload, variables: set } = await act(opened);
      assert.equal(set.ORDERNUM, '9/9');
      assert.equal(set.text, '9');
      assert.equal('variables' in payload.interaction, false);
      const later = await write('dopo');
      assert.deepEqual(later['payload'].interaction.variables, { ORDERNUM: '9/9', EMPTY: '' });
      assert.equal(later['variables'].ORDERNUM, '9/9');
      assert.equal(later['variables'].text, 'dopo');
      const other = await write('altro', meta.ahmed);
      assert.equal('variables' in other['payload'].interaction, false);
    });

    it('keeps them over a redeploy of everything, and lets a later node change one', async () => {
      await start({ action: 'variables', variables });
      await act(await write('1'));
      await redeploy(flow({ action: 'variables', variables: [{ name: 'EMPTY', value: 'full' }] }));
      await act(await write('2'));
      const { payload } = await write('3');
      assert.deepEqual(payload.interaction.variables, { ORDERNUM: '9/1', EMPTY: 'full' });
    });

    it('is yellow when the interaction is not open, and sets nothing', async () => {
      await start({ action: 'variables', variables });
      const opened = await write();
      opened['payload'].interaction.id = 'gone';
      const { variables: set } = await act(opened);
      assert.equal('ORDERNUM' in set, false);
      assert.equal(callsOf('status').at(-1).fill, 'yellow');
    });
  });

  it('refuses a wrong configuration at deploy, and every message with the same error', async () => {
    const wrong: readonly [object, string, RegExp][] = [
      [{ action: 'explode' }, 'E_CONFIG', /action/],
      [{ action: 'assign' }, 'E_CONFIG', /no agent/],
      [{ action: 'variables' }, 'E_CONFIG', /no variable/],
      [{ action: 'variables', variables: [{ name: '9a', value: '' }] }, 'E_CONFIG', /9a/],
      [{ action: 'variables', variables: [{ name: 'text', value: '' }] }, 'E_CONFIG', /standard/],
      [{ reason: '{{{text}}}' }, 'E_TEMPLATE', /./],
    ];
    await start({});
    for (const [given, code, text] of wrong) {
      await redeploy(flow(given), 'nodes');
      const deployed = callsOf('error').at(-1);
      assert.equal(deployed.code, code);
      assert.match(deployed.message, text);
      assert.equal(callsOf('status').at(-1).fill, 'red');
      assert.equal((await fail({ payload: 1 })).code, code);
    }
  });
});
