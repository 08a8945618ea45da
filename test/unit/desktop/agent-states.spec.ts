import assert from 'node:assert/strict';
import { createAgentStates } from '../../../src/desktop/server/agent-states.ts';

describe('agent states', () => {
  it('know of somebody who never came that they are gone since the desktop is there', () => {
    const states = createAgentStates(100);
    assert.deepEqual(states.of('anna'), { status: 'paused', since: 100, goneSince: 100 });
  });

  it('begin as the desktop says with every new login', () => {
    const states = createAgentStates(0);
    states.came('anna', 'first', 'ready', 10);
    assert.deepEqual(states.of('anna'), { status: 'ready', since: 10 });
    states.set('anna', 'paused', 20);
    states.left('anna', 30);
    states.came('anna', 'second', 'ready', 40);
    assert.deepEqual(states.of('anna'), { status: 'ready', since: 40 });
  });

  it('are as they were for a page that is loaded anew', () => {
    const states = createAgentStates(0);
    states.came('anna', 'session', 'ready', 10);
    states.set('anna', 'paused', 20);
    states.left('anna', 30);
    assert.deepEqual(states.of('anna'), { status: 'paused', since: 20, goneSince: 30 });
    states.came('anna', 'session', 'ready', 40);
    assert.deepEqual(states.of('anna'), { status: 'paused', since: 20 });
  });

  it('know how long somebody is gone, whatever the time of day is set to', () => {
    let time = 500;
    const states = createAgentStates(10_000, () => time);
    time += 5;
    assert.equal(states.goneFor('anna'), 5);
    states.came('anna', 'session', 'ready', 0);
    assert.equal(states.goneFor('anna'), undefined);
    states.left('anna', 20_000);
    time += 7;
    assert.equal(states.goneFor('anna'), 7);
    states.came('anna', 'session', 'ready', 0);
    assert.equal(states.goneFor('anna'), undefined);
  });

  it('are as they were for any login that was there before, however many there are', () => {
    const states = createAgentStates(0);
    states.came('anna', 'first', 'ready', 10);
    states.came('anna', 'second', 'ready', 20);
    assert.deepEqual(states.of('anna'), { status: 'ready', since: 10 });
    states.set('anna', 'paused', 30);
    for (const session of ['second', 'first', 'second']) {
      states.left('anna', 40);
      states.came('anna', session, 'ready', 50);
      assert.deepEqual(states.of('anna'), { status: 'paused', since: 30 });
    }
  });

  it('are those that an agent has chosen when they log in a second time', () => {
    const states = createAgentStates(0);
    states.came('anna', 'first', 'ready', 10);
    states.set('anna', 'paused', 20);
    states.came('anna', 'second', 'ready', 30);
    assert.deepEqual(states.of('anna'), { status: 'paused', since: 20 });
  });

  it('keep since when it is so when the same is said again', () => {
    const states = createAgentStates(0);
    states.came('anna', 'session', 'ready', 10);
    states.set('anna', 'ready', 20);
    assert.equal(states.of('anna').since, 10);
  });
});
