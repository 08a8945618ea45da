import assert from 'node:assert/strict';
import { createSessions } from '../../../src/desktop/server/sessions.ts';

const minute = 60_000;

describe('sessions', () => {
  it('finds a session by its secret id alone, which nothing tells but its start', () => {
    const sessions = createSessions();
    const id = sessions.start('anna', 'hash', 0);
    assert.match(id, /^[\w-]{43}$/);
    const session = sessions.find(id, 1);
    assert.ok(session);
    assert.equal(session.username, 'anna');
    assert.equal(sessions.find(session.key, 1), undefined);
    assert.equal(sessions.find('', 1), undefined);
    assert.notEqual(sessions.start('anna', 'hash', 0), id);
  });

  it('ends one that shows no sign of life for half an hour', () => {
    const sessions = createSessions();
    const id = sessions.start('anna', 'hash', 0);
    assert.ok(sessions.find(id, 29 * minute));
    assert.ok(sessions.find(id, 58 * minute));
    assert.equal(sessions.find(id, 89 * minute), undefined);
    assert.equal(sessions.find(id, 58 * minute), undefined);
  });

  it('takes an open channel for life, but no longer than twelve hours', () => {
    const sessions = createSessions();
    const id = sessions.start('anna', 'hash', 0);
    const { key } = sessions.find(id, 0)!;
    sessions.channelOpened(key);
    sessions.channelOpened(key);
    sessions.channelClosed(key, minute);
    assert.equal(sessions.stands(key, 11 * 60 * minute), true);
    sessions.channelClosed(key, 11 * 60 * minute);
    assert.equal(sessions.stands(key, 11 * 60 * minute + 20 * minute), true);
    sessions.channelOpened(key);
    assert.equal(sessions.stands(key, 12 * 60 * minute + 1), false);
  });

  it('does not take a look from outside for a sign of life', () => {
    const sessions = createSessions();
    const id = sessions.start('anna', 'hash', 0);
    const { key } = sessions.find(id, 0)!;
    assert.equal(sessions.stands(key, 29 * minute), true);
    assert.equal(sessions.stands(key, 31 * minute), false);
  });

  it('ends one that is told to, and channels of it may still close', () => {
    const sessions = createSessions();
    const id = sessions.start('anna', 'hash', 0);
    const { key } = sessions.find(id, 0)!;
    sessions.end(key);
    sessions.channelClosed(key, 1);
    assert.equal(sessions.find(id, 1), undefined);
  });

  it('keeps those of agents whose password is still the same', () => {
    const sessions = createSessions();
    const ids = ['anna', 'bruno', 'carla'].map((name) => sessions.start(name, `${name} 1`, 0));
    const now = new Map([
      ['anna', 'anna 1'],
      ['bruno', 'bruno 2'],
    ]);
    sessions.keep((username) => now.get(username));
    assert.deepEqual(
      ids.map((id) => sessions.find(id, 1)?.username),
      ['anna', undefined, undefined],
    );
  });

  it('holds twenty for an agent and ends the oldest for one more', () => {
    const sessions = createSessions();
    const other = sessions.start('bruno', 'hash', 0);
    const ids = Array.from({ length: 21 }, (_, index) => sessions.start('anna', 'hash', index));
    assert.equal(sessions.find(ids[0]!, 21), undefined);
    assert.ok(sessions.find(ids[1]!, 21));
    assert.ok(sessions.find(other, 21));
  });
});
