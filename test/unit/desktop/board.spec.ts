import assert from 'node:assert/strict';
import { createAgentStates } from '../../../src/desktop/server/agent-states.ts';
import { createBoard } from '../../../src/desktop/server/board.ts';
import type { Connection } from '../../../src/desktop/server/connection.ts';
import { createPresence } from '../../../src/desktop/server/presence.ts';
import type { BoardView, ServerWord } from '../../../src/desktop/protocol.ts';
import type { OpenInteraction } from '../../../src/store/conversations.ts';

const dora = { username: 'dora', name: 'Dora', role: 'supervisor' } as const;
const anna = { username: 'anna', name: 'Anna' };

/** Opened and last written in at the time of its number. */
function open(at: number, agent?: typeof anna): OpenInteraction {
  return {
    id: `i${at}`,
    account: { id: 'shop', name: 'Shop', key: 'SHOP', provider: 'meta', number: '+3902' },
    contact: { id: `c${at}` },
    queue: { id: 'sales', name: 'Sales' },
    ...(agent ? { agent } : {}),
    openedAt: at,
    lastAt: at,
    unread: 0,
  };
}

describe('the board of supervisors', () => {
  async function boardOf(interactions: readonly OpenInteraction[]): Promise<BoardView> {
    const board = createBoard({
      source: {
        interactionsOf: async () =>
          interactions.toSorted((one, other) => other.lastAt - one.lastAt),
      },
      queues: () => [],
      agents: [dora],
      presence: createPresence(),
      states: createAgentStates(0),
      shown: { list: () => [] },
      canSend: () => true,
      failed: (error) => assert.fail(String(error)),
      now: () => 1_000,
    });
    const words: ServerWord[] = [];
    const connection = {
      agent: dora,
      closed: Promise.resolve(),
      send: (word) => void words.push(word),
    } as Connection;
    await board.watch(connection, true);
    board.close();
    const [word] = words;
    assert.ok(word?.type === 'board');
    return word.board;
  }

  const range = (from: number, count: number, agent?: typeof anna) =>
    Array.from({ length: count }, (_, at) => open(from + at, agent));

  it('counts all that is open, also what it does not list', async () => {
    const board = await boardOf([...range(0, 150), ...range(500, 250, anna)]);
    assert.deepEqual([board.openCount, board.waitingCount], [400, 150]);
    assert.deepEqual([board.interactions.length, board.waiting.length], [200, 100]);
  });

  it('lists who waits longest, and each of them with their conversation', async () => {
    const { waiting, interactions } = await boardOf([...range(0, 150), ...range(500, 250, anna)]);
    assert.deepEqual(
      waiting.map(({ since }) => since),
      Array.from({ length: 100 }, (_, at) => at),
    );
    const listed = new Set(interactions.map(({ id }) => id));
    assert.deepEqual(
      waiting.filter(({ interactionId }) => !listed.has(interactionId)),
      [],
    );
    assert.equal(interactions.filter(({ agent }) => agent).length, 100);
    assert.ok(listed.has('i749'));
  });
});
