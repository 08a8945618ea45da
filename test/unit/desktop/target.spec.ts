import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Target } from '../../../src/desktop/server/desktop.ts';
import { aimAt, membersOf, type Surroundings } from '../../../src/desktop/server/target.ts';
import { TriggerError } from '../../../src/errors.ts';
import { incomingEvent } from '../../fixtures/event.ts';

const agents = ['anna', 'bruno', 'carla', 'dora'];
const queue = {
  id: 'sales',
  name: 'Sales',
  desktopId: 'desktop',
  strategy: 'everyone' as const,
  timeout: 30,
  agents: ['anna', 'bruno', 'gone'],
};
const around = (connected: readonly string[], more: Partial<Surroundings> = {}): Surroundings => ({
  desktopId: 'desktop',
  agents,
  connected: new Set(connected),
  ready: new Set(connected),
  queue,
  ...more,
});
const withoutQueue = (connected: readonly string[]): Surroundings => {
  const { queue: _, ...rest } = around(connected);
  return rest;
};
const nobody: ReadonlySet<string> = new Set();
const event = incomingEvent();
const ask = (target: Target, named: readonly string[] = []) => ({ target, agents: named, event });
const ofAnna = { ...event, agent: { username: 'anna', name: 'Anna' } };

describe('target', () => {
  describe('event', () => {
    it('is the agent who has the interaction, connected or not', () => {
      const order = { ...ask('event'), event: ofAnna };
      assert.deepEqual(aimAt(order, around(['bruno'])).agents, ['anna']);
    });

    it('is nobody when that agent is not one of this desktop', () => {
      const order = { ...ask('event'), event: { ...event, agent: { username: 'x', name: 'X' } } };
      const aim = aimAt(order, around(['bruno']));
      assert.deepEqual(aim.agents, []);
      assert.match(aim.reason ?? '', /"x"/);
    });

    it('is those who are being offered it', () => {
      const standing = { agents: ['bruno'], rejectedBy: ['bruno'] };
      assert.deepEqual(aimAt(ask('event'), around(agents, { standing })).agents, ['bruno']);
    });

    it('is whoever is connected of those who may yet be offered it, while nobody is ready', () => {
      const standing = { agents: [], rejectedBy: ['anna'] };
      const offered = around(agents, { standing, ready: new Set() });
      assert.deepEqual(aimAt(ask('event'), offered).agents, ['bruno']);
      const toAll = { standing: { agents: [], rejectedBy: ['anna', 'bruno'] }, ready: nobody };
      assert.deepEqual(aimAt(ask('event'), around(agents, toAll)).agents, ['anna', 'bruno']);
    });

    it('is the ready agents of the queue when no offer stands', () => {
      const ready = new Set(['bruno', 'carla']);
      assert.deepEqual(aimAt(ask('event'), around(agents, { ready })).agents, ['bruno']);
    });

    it('is the connected agents of the queue when none of them is ready', () => {
      assert.deepEqual(aimAt(ask('event'), around(['bruno', 'carla'], { ready: nobody })).agents, [
        'bruno',
      ]);
    });

    it('is all agents of the queue when none of them is connected', () => {
      assert.deepEqual(aimAt(ask('event'), around(['carla'])).agents, ['anna', 'bruno']);
    });

    it('is whoever is ready for an account without a queue, else whoever is connected', () => {
      const there = { ...withoutQueue(agents), ready: new Set(['carla']) };
      assert.deepEqual(aimAt(ask('event'), there).agents, ['carla']);
      assert.deepEqual(aimAt(ask('event'), { ...there, ready: nobody }).agents, agents);
    });

    it('is everybody for a message without an event, which names nobody', () => {
      const aim = aimAt({ target: 'event', agents: [] }, around(['anna']));
      assert.deepEqual(aim.agents, ['anna']);
    });
  });

  describe('agents', () => {
    it('are those named, connected or not, each once', () => {
      const aim = aimAt(ask('agents', ['dora', 'anna', 'dora']), around(['anna']));
      assert.deepEqual(aim, { agents: ['dora', 'anna'] });
    });

    it('leave unknown names out and tell them', () => {
      const aim = aimAt(ask('agents', ['dora', 'nobody']), around([]));
      assert.deepEqual(aim.agents, ['dora']);
      assert.match(aim.reason ?? '', /"nobody"/);
    });

    for (const names of [[], ['nobody'], ['__proto__', 'constructor']]) {
      it(`are E_NO_AGENT for ${JSON.stringify(names)}`, () => {
        assert.throws(
          () => aimAt(ask('agents', names), around(agents)),
          (error) => error instanceof TriggerError && error.code === 'E_NO_AGENT',
        );
      });
    }
  });

  describe('queue', () => {
    it('is its ready agents, whoever has the interaction, else the connected ones', () => {
      const order = { ...ask('queue'), event: ofAnna };
      const there = around(['anna', 'bruno', 'carla'], { ready: new Set(['bruno', 'carla']) });
      assert.deepEqual(aimAt(order, there).agents, ['bruno']);
      assert.deepEqual(aimAt(order, { ...there, ready: nobody }).agents, ['anna', 'bruno']);
    });

    it('is nobody for an account without a queue', () => {
      assert.deepEqual(aimAt(ask('queue'), withoutQueue(agents)).agents, []);
    });

    it('is nobody when it belongs to another desktop', () => {
      const elsewhere = around(agents, { queue: { ...queue, desktopId: 'other' } });
      const aim = aimAt(ask('queue'), elsewhere);
      assert.deepEqual(aim.agents, []);
      assert.match(aim.reason ?? '', /another agent desktop/);
    });

    it('without a list of agents has every agent of its desktop', () => {
      assert.deepEqual(membersOf({ agents: [] }, agents), agents);
    });
  });

  it('account is the connected agents of the desktop that its queue is on, also those on pause', () => {
    const paused = around(['carla'], { ready: nobody });
    assert.deepEqual(aimAt(ask('account'), paused).agents, ['carla']);
    assert.deepEqual(aimAt(ask('account'), around(['carla', 'dora'])).agents, ['carla', 'dora']);
    assert.deepEqual(aimAt(ask('account'), withoutQueue(['dora'])).agents, ['dora']);
    const elsewhere = around(agents, { queue: { ...queue, desktopId: 'other' } });
    assert.deepEqual(aimAt(ask('account'), elsewhere).agents, []);
  });

  it('all is every connected agent of the desktop, with an event or without', () => {
    assert.deepEqual(aimAt(ask('all'), around(['dora'])).agents, ['dora']);
    assert.deepEqual(aimAt({ target: 'all', agents: [] }, around([])).agents, agents);
  });

  it('is always agents of this desktop, or nobody with the reason', () => {
    const some = fc.subarray([...agents, 'gone', 'x']);
    const target = fc.constantFrom<Target>('event', 'queue', 'account', 'all');
    const surroundings = fc.record(
      {
        desktopId: fc.constantFrom('desktop', 'other'),
        agents: fc.subarray(agents),
        connected: some.map((names) => new Set(names)),
        queue: some.map((names) => ({ ...queue, agents: names })),
        ready: some.map((names) => new Set(names)),
        standing: fc.record({ agents: fc.constant([]), rejectedBy: some }),
      },
      { requiredKeys: ['desktopId', 'agents', 'connected', 'ready'] },
    );
    fc.assert(
      fc.property(target, fc.option(some), surroundings, (target, holder, around) => {
        const [username] = holder ?? [];
        const agent = username === undefined ? {} : { agent: { username, name: username } };
        const aim = aimAt({ target, agents: [], event: { ...event, ...agent } }, around);
        assert.ok(aim.agents.every((name) => around.agents.includes(name)));
        assert.equal(new Set(aim.agents).size, aim.agents.length);
        assert.equal(aim.agents.length === 0, aim.reason !== undefined);
      }),
      { numRuns: 1000 },
    );
  });
});
