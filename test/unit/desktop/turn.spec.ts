import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nextInTurn } from '../../../src/desktop/server/turn.ts';

const queueId = 'sales';

describe('turn', () => {
  it('is first of those who never had one, in the order of the list', () => {
    const turns = [{ queueId, agent: 'anna', offeredAt: 1 }];
    assert.equal(nextInTurn('roundRobin', ['anna', 'bruno', 'carla'], turns), 'bruno');
    assert.equal(nextInTurn('leastRecent', ['anna', 'bruno', 'carla'], []), 'anna');
  });

  it('is with least recent of who accepted the longest ago, and among equals of who waited longer', () => {
    const turns = [
      { queueId, agent: 'anna', offeredAt: 9, acceptedAt: 2 },
      { queueId, agent: 'bruno', offeredAt: 3, acceptedAt: 3 },
      { queueId, agent: 'carla', offeredAt: 8 },
      { queueId, agent: 'dora', offeredAt: 7 },
    ];
    assert.equal(nextInTurn('leastRecent', ['anna', 'bruno'], turns), 'anna');
    assert.equal(nextInTurn('roundRobin', ['anna', 'bruno'], turns), 'bruno');
    assert.equal(nextInTurn('leastRecent', ['anna', 'carla', 'dora'], turns), 'dora');
  });

  it('is nobody’s where nobody could have it', () => {
    assert.equal(nextInTurn('roundRobin', [], []), undefined);
  });

  it('gives everyone the same number of offers, give or take one, with round robin', () => {
    const agents = fc
      .integer({ min: 1, max: 8 })
      .map((count) => Array.from('abcdefgh').slice(0, count));
    fc.assert(
      fc.property(agents, fc.integer({ min: 0, max: 60 }), (names, rounds) => {
        const offered = new Map<string, number[]>(names.map((name) => [name, []]));
        for (let at = 1; at <= rounds; at += 1) {
          const turns = [...offered].flatMap(([agent, times]) => {
            const offeredAt = times.at(-1);
            return offeredAt === undefined ? [] : { queueId, agent, offeredAt };
          });
          offered.get(nextInTurn('roundRobin', names, turns) ?? '')?.push(at);
        }
        const counts = [...offered.values()].map((times) => times.length);
        assert.ok(Math.max(...counts) - Math.min(...counts) <= 1);
      }),
    );
  });
});
