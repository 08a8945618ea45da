import assert from 'node:assert/strict';
import { createAgentStates } from '../../../src/desktop/server/agent-states.ts';
import type { Connection } from '../../../src/desktop/server/connection.ts';
import { createPresence } from '../../../src/desktop/server/presence.ts';
import { createReoffers, type Reoffers } from '../../../src/desktop/server/reoffers.ts';
import type { OpenInteraction } from '../../../src/store/conversations.ts';

const queue = { id: 'sales', name: 'Sales' };

function heldBy(username: string): OpenInteraction {
  return {
    id: `of ${username}`,
    account: { id: 'shop', name: 'Shop', key: 'SHOP', provider: 'meta', number: '+3902' },
    contact: { id: 'c' },
    queue,
    agent: { username, name: username },
    openedAt: 0,
    lastAt: 0,
    unread: 0,
  };
}

describe('interactions of agents who are gone', () => {
  const opened: Reoffers[] = [];
  afterEach(() => opened.splice(0).forEach((one) => one.close()));

  /** `released` resolves with the first agent who loses what they have. */
  function desk(after: number, holders: readonly string[]) {
    const clock = { time: 0 };
    const states = createAgentStates(0, () => clock.time);
    const presence = createPresence();
    const looks: string[] = [];
    const first = Promise.withResolvers<string>();
    const looked = Promise.withResolvers<void>();
    const reoffers = createReoffers({
      after,
      states,
      presence,
      queues: () => [
        { ...queue, desktopId: 'desktop', strategy: 'everyone', timeout: 30, agents: [] },
      ],
      source: {
        async interactionsOf(queueIds, agent) {
          assert.deepEqual([queueIds, agent], [['sales'], undefined]);
          setImmediate(looked.resolve);
          return holders.map(heldBy);
        },
        async releaseInteractions(queueIds, agent) {
          assert.deepEqual(queueIds, ['sales']);
          looks.push(agent);
          first.resolve(agent);
        },
      },
      failed: first.reject,
    });
    opened.push(reoffers);
    const come = (username: string): void => {
      const agent = { username, name: username, role: 'agent' } as const;
      presence.add({ agent, sessionKey: username } as Connection);
      states.came(username, username, 'ready', 900);
    };
    const seen = { released: first.promise, looked: looked.promise };
    return { reoffers, states, clock, come, looks, ...seen };
  }

  it('are offered again when their time is over', async () => {
    const { reoffers, come, states, clock, looks, released } = desk(5, ['anna', 'bruno', 'carla']);
    come('anna');
    states.came('bruno', 'bruno', 'ready', 900);
    clock.time = 999;
    states.left('bruno', 999);
    clock.time = 1_000;
    reoffers.expect();
    assert.equal(await released, 'carla');
    assert.deepEqual(looks, ['carla'], 'anna is there and bruno may still come back');
  });

  it('are looked at again when somebody may be gone for too long then', async () => {
    const { reoffers, states, clock, looked, looks } = desk(5, ['bruno']);
    states.came('bruno', 'bruno', 'ready', 900);
    states.left('bruno', 998);
    clock.time = 2;
    reoffers.begin();
    await looked;
    assert.deepEqual(looks, []);
    clock.time = 100;
    await new Promise<void>((resolve) => {
      const look = (): void => (looks.length > 0 ? resolve() : void setImmediate(look));
      look();
    });
    assert.deepEqual(looks, ['bruno']);
  });

  it('stay with them for ever where that is wanted', () => {
    const { reoffers, looks } = desk(0, ['anna']);
    reoffers.begin();
    reoffers.expect();
    assert.deepEqual(looks, []);
  });
});
