import assert from 'node:assert/strict';
import { houseOf } from '../../nodes/shared/house.ts';
import { incomingEvent } from '../fixtures/event.ts';
import { sampleEvent } from '../support/facts.ts';
import { deploy, nextInput, node, redeploy, runtimeApi, useRuntime } from '../support/flow.ts';
import { useTempFolder } from '../support/temp-folder.ts';
import {
  callsOf,
  credentials,
  declared,
  firstStatus,
  flow,
  incoming,
  onSales,
  opened,
  registers,
  sales,
  through,
  trigger,
} from '../support/trigger-flow.ts';

describe('trigger-condition', () => {
  useRuntime();
  const folder = useTempFolder();

  it('sends what meets its conditions to the first output, and says why', async () => {
    await deploy(registers, flow({ all: [opened], any: [incoming] }));
    const completed = nextInput('completed');
    const payload = sampleEvent();
    const msg = await through('met', { topic: 'message.incoming', payload, other: 7 });
    assert.deepEqual(
      [msg['topic'], msg['payload'], msg['other']],
      ['message.incoming', payload, 7],
    );
    const shared = { present: true, met: true, operator: 'equals' };
    assert.deepEqual(msg['trigger'], {
      id: 'trigger',
      name: 'New customer',
      met: true,
      sentence: 'Fires when the interaction is opened and the message is incoming.',
      conditions: [
        { ...shared, list: 'all', field: 'interaction', value: 'opened', actual: 'opened' },
        { ...shared, list: 'any', field: 'message', value: 'incoming', actual: 'incoming' },
      ],
    });
    await completed;
  });

  it('sends everything else to the second output', async () => {
    await deploy(registers, flow({ all: [{ ...incoming, value: 'accepted' }] }));
    const completed = nextInput('completed');
    const { trigger } = await through('notMet', { payload: sampleEvent() });
    assert.equal(trigger.met, false);
    assert.equal(trigger.conditions[0].actual, 'incoming');
    await completed;
  });

  it('fires on every message without a condition, also on one that is no event', async () => {
    await deploy(registers, flow({}));
    const { trigger, variables } = await through('met', { payload: 'just text' });
    assert.deepEqual([trigger.met, trigger.conditions], [true, []]);
    assert.equal(variables, undefined);
  });

  it('judges a message that is no event by its own properties', async () => {
    const all = [
      { field: 'msg', path: 'payload.order.id', operator: 'equals', value: 9 },
      { ...incoming, operator: 'notExists' },
    ];
    await deploy(registers, flow({ all }));
    const { trigger } = await through('met', { payload: { order: { id: 9 } } });
    assert.equal(trigger.met, true);
  });

  it('takes every message to the second output while it is off, also with unfinished rows', async () => {
    await deploy(registers, flow({ enabled: false, all: [{ field: '' }] }));
    assert.deepEqual(firstStatus(), {
      fill: 'grey',
      shape: 'ring',
      text: 'trigger-condition.status.off',
    });
    const { trigger } = await through('notMet', { payload: sampleEvent() });
    assert.deepEqual([trigger.met, trigger.conditions], [false, []]);
  });

  it('keeps the decision in the trigger log, long texts cut', async () => {
    const all = [{ field: 'message.text', operator: 'exists' }];
    await deploy(registers, flow({ all }));
    const { message } = sampleEvent();
    const payload = sampleEvent({ message: { ...message!, text: 'x'.repeat(4_000) } });
    const { trigger } = await through('met', { payload });
    const [entry] = houseOf(runtimeApi()).log.recent(1) as any[];
    assert.equal(entry.kind, 'decision');
    assert.equal(entry.eventId, 'evt-1');
    assert.equal(entry.trigger.sentence, trigger.sentence);
    assert.equal(entry.trigger.conditions[0].actual, `${'x'.repeat(200)}…`);
    assert.equal(trigger.conditions[0].actual.length, 4_000);
  });

  describe('with accounts', () => {
    it('knows the account of the flow and calls it by its name', async () => {
      await deploy(registers, flow({ all: [onSales] }, ...sales(folder())), credentials);
      const { trigger } = await through('met', { payload: sampleEvent() });
      assert.equal(trigger.sentence, 'Fires when the account is "Sales line".');
      assert.equal(trigger.conditions[0].actual, 'acc1');
    });

    for (const value of ['Sales line', 'SALES']) {
      it(`finds the account "${value}" by its name or key`, async () => {
        const all = [{ ...onSales, value }];
        await deploy(registers, flow({ all }, ...sales(folder())), credentials);
        await through('met', { payload: sampleEvent() });
      });
    }

    it('refuses messages from when its account is taken out of the flow', async () => {
      await deploy(registers, flow({ all: [onSales] }, ...sales(folder())), credentials);
      await through('met', { payload: sampleEvent() });
      await redeploy(flow({ all: [onSales] }), 'nodes');
      assert.equal(callsOf('error')[0].code, 'E_CONFIG');
      const { error } = await through('caught', { payload: sampleEvent() });
      assert.equal(error.code, 'E_CONFIG');
      await redeploy(flow({ all: [onSales] }, ...sales(folder())), 'nodes');
      await through('met', { payload: sampleEvent() });
    });

    it('finds an account that is started after it', async () => {
      const [first, second, ...rest] = flow({ all: [onSales], z: 'tab2' }, ...sales(folder()));
      const [store, sold] = rest.splice(-2);
      const tab2 = { id: 'tab2', type: 'tab' };
      const nodes = [tab2, first!, second!, ...rest, store!, { ...sold!, z: 'tab' }];
      await deploy(registers, nodes, credentials);
      assert.deepEqual(callsOf('error'), []);
      assert.equal(firstStatus(), undefined);
    });

    it('does not take another node for an account', async () => {
      const all = [{ ...onSales, value: 'met' }];
      await deploy(registers, flow({ all }));
      assert.equal(firstStatus().fill, 'red');
    });
  });

  describe('with variables', () => {
    const number = { field: 'variable', name: 'ORDERNUM', operator: 'equals', value: '9/9' };

    it('fills in the standard variables of an event, and leaves what is set', async () => {
      await deploy(registers, flow({ all: [number] }));
      const variables = { ORDERNUM: '9/9', queue: 'VIP' };
      const msg = await through('met', { payload: sampleEvent(), variables });
      assert.equal(msg['variables'].uniqueid, '17');
      assert.equal(msg['variables'].queue, 'VIP');
      assert.equal(msg['variables'].ORDERNUM, '9/9');
    });

    it('applies declared defaults where nothing is set', async () => {
      const variables = [
        { name: 'ORDERNUM', default: '9/9' },
        { name: 'ORDERSTAT', default: 'new' },
        { name: 'EMPTY' },
      ];
      await deploy(
        registers,
        flow({ all: [number], variables: 'declared' }, declared(...variables)),
      );
      const msg = await through('met', {
        payload: {},
        variables: { ORDERSTAT: '', ORDERNUM: null },
      });
      assert.deepEqual(msg['variables'], { ORDERNUM: '9/9', ORDERSTAT: '' });
    });

    it('makes variables of its own where something else stands there', async () => {
      await deploy(
        registers,
        flow(
          { all: [number], variables: 'declared' },
          declared({ name: 'ORDERNUM', default: '9/9' }),
        ),
      );
      const msg = await through('met', { payload: 1, variables: 'ORDERNUM' });
      assert.deepEqual(msg['variables'], { ORDERNUM: '9/9' });
    });

    it('does not tell the value of a sensitive variable, however a row comes to it', async () => {
      const all = [
        { ...number, name: 'PIN', operator: 'exists' },
        { field: 'msg', path: 'variables.PIN', operator: 'exists' },
        { field: 'msg', path: 'msg.variables["PIN"]', operator: 'exists' },
        { field: 'msg', path: 'variables', operator: 'exists' },
        { field: 'msg', path: 'payload', operator: 'exists' },
        { field: 'msg', path: 'payload.interaction', operator: 'exists' },
        { field: 'msg', path: 'payload.interaction.variables.PIN', operator: 'exists' },
      ];
      const other = { id: 'others', type: 'trigger-variables', variables: [{ name: 'LEVEL' }] };
      await deploy(
        registers,
        flow({ all, variables: 'others' }, declared({ name: 'PIN', sensitive: true }), other),
      );
      const event = incomingEvent();
      const interaction = { ...event.interaction, variables: { PIN: '4711' } };
      const payload = { ...event, interaction };
      const { trigger } = await through('met', { payload, variables: { PIN: '4711' } });
      assert.doesNotMatch(JSON.stringify(trigger), /4711/);
      assert.doesNotMatch(JSON.stringify(houseOf(runtimeApi()).log.recent(10)), /4711/);
    });
  });

  describe('its status', () => {
    it('comes at once, then at most once a second, with the last count for certain', async () => {
      await deploy(registers, flow({ all: [incoming] }));
      const shown = () => callsOf('status').length;
      for (let i = 0; i < 20; i += 1) await through('met', { payload: sampleEvent() });
      await through('notMet', { payload: 'no event' });
      assert.equal(shown(), 1);
      await new Promise((resolve) => node('trigger').once('call:status', resolve));
      assert.equal(shown(), 2);
      const [, last] = callsOf('status');
      assert.deepEqual([last.fill, last.shape], ['grey', 'dot']);
    });

    it('listens to deploys once, however many triggers there are', async () => {
      const others = Array.from({ length: 12 }, (_, i) => trigger(`other${i}`, {}));
      await deploy(registers, flow({}, ...others));
      const first = runtimeApi().events.listenerCount('flows:started');
      await redeploy(flow({}));
      assert.equal(runtimeApi().events.listenerCount('flows:started'), first);
      assert.ok(first < 10);
    });

    it('leaves no timer behind a redeploy', async () => {
      const timers = () =>
        process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
      await deploy(registers, flow({}));
      const before = timers();
      await through('met', { payload: 1 });
      await through('met', { payload: 2 });
      await redeploy(flow({ name: 'Renamed' }), 'full');
      assert.ok(timers() <= before);
      const { trigger } = await through('met', { payload: 3 });
      assert.equal(trigger.name, 'Renamed');
    });
  });
});
