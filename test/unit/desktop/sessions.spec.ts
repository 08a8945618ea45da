import assert from 'node:assert/strict';
import type { Grounds } from '../../../src/desktop/server/access.ts';
import { createSessions } from '../../../src/desktop/server/sessions.ts';

const minute = 60_000;
const hour = 60 * minute;
const hash = byPassword('hash');

function byPassword(proof: string): Grounds {
  return { way: 'password', proof };
}

describe('sessions', () => {
  it('finds a session by its secret id alone, which nothing tells but its start', () => {
    const sessions = createSessions();
    const id = sessions.start('anna', hash, 0);
    assert.match(id, /^[\w-]{43}$/);
    const session = sessions.find(id, 1);
    assert.ok(session);
    assert.equal(session.username, 'anna');
    assert.equal(sessions.find(session.key, 1), undefined);
    assert.equal(sessions.find('', 1), undefined);
    assert.notEqual(sessions.start('anna', hash, 0), id);
  });

  it('ends one that shows no sign of life for half an hour', () => {
    const sessions = createSessions();
    const id = sessions.start('anna', hash, 0);
    assert.ok(sessions.find(id, 29 * minute));
    assert.ok(sessions.find(id, 58 * minute));
    assert.equal(sessions.find(id, 89 * minute), undefined);
    assert.equal(sessions.find(id, 58 * minute), undefined);
  });

  it('takes an open channel for life, but no longer than twelve hours', () => {
    const sessions = createSessions();
    const id = sessions.start('anna', hash, 0);
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
    const id = sessions.start('anna', hash, 0);
    const { key } = sessions.find(id, 0)!;
    assert.equal(sessions.stands(key, 29 * minute), true);
    assert.equal(sessions.stands(key, 31 * minute), false);
  });

  it('ends one that is told to, and channels of it may still close', () => {
    const sessions = createSessions();
    const id = sessions.start('anna', hash, 0);
    const { key } = sessions.find(id, 0)!;
    sessions.end(key);
    sessions.channelClosed(key, 1);
    assert.equal(sessions.find(id, 1), undefined);
  });

  it('keeps those that rest on what still holds, such as the same password', () => {
    const sessions = createSessions();
    const ids = ['anna', 'bruno', 'carla', 'dora'].map((name) =>
      sessions.start(name, byPassword(`${name} 1`), 0),
    );
    const now = new Map<string, readonly Grounds[]>([
      ['anna', [{ way: 'token', proof: 'key' }, byPassword('anna 1')]],
      ['bruno', [byPassword('bruno 2')]],
      ['dora', [{ way: 'token', proof: 'dora 1' }]],
    ]);
    sessions.keep((username) => now.get(username) ?? []);
    assert.deepEqual(
      ids.map((id) => sessions.find(id, 1)?.username),
      ['anna', undefined, undefined, undefined],
    );
  });

  it('holds twenty for an agent and ends the oldest for one more', () => {
    const sessions = createSessions();
    const other = sessions.start('bruno', hash, 0);
    const ids = Array.from({ length: 21 }, (_, index) => sessions.start('anna', hash, index));
    assert.equal(sessions.find(ids[0]!, 21), undefined);
    assert.ok(sessions.find(ids[1]!, 21));
    assert.ok(sessions.find(other, 21));
  });

  describe('renewed', () => {
    it('has a new id after a quarter of an hour, and the same key', () => {
      const sessions = createSessions();
      const first = sessions.start('anna', hash, 0);
      assert.equal(sessions.renew(first, 14 * minute), undefined);
      const { key } = sessions.find(first, 14 * minute)!;
      const second = sessions.renew(first, 15 * minute)!;
      assert.notEqual(second, first);
      assert.equal(sessions.find(second, 15 * minute)?.key, key);
      assert.equal(sessions.renew(second, 16 * minute), undefined);
    });

    it('ends the old id a minute after the first use of the new one', () => {
      const sessions = createSessions();
      const first = sessions.start('anna', hash, 0);
      const second = sessions.renew(first, 15 * minute)!;
      assert.ok(sessions.find(first, 30 * minute), 'the answer with the new id may be lost');
      assert.ok(sessions.find(second, 31 * minute));
      assert.ok(sessions.find(first, 31.5 * minute), 'another tab may be under way');
      assert.ok(sessions.find(second, 32 * minute), 'a later use does not prolong it');
      assert.equal(sessions.find(first, 32.1 * minute), undefined);
      assert.ok(sessions.find(second, 32.1 * minute), 'the session itself goes on');
    });

    it('is not renewed once more by the old id, which another tab may show at the same time', () => {
      const sessions = createSessions();
      const first = sessions.start('anna', hash, 0);
      assert.ok(sessions.renew(first, 15 * minute));
      assert.equal(sessions.renew(first, 40 * minute), undefined);
    });

    it('ends as a whole, with both ids, and no later than it would have', () => {
      const sessions = createSessions();
      const first = sessions.start('anna', hash, 0);
      const second = sessions.renew(first, 15 * minute)!;
      sessions.end(sessions.find(second, 15 * minute)!.key);
      assert.equal(sessions.find(first, 15 * minute), undefined);
      assert.equal(sessions.find(second, 15 * minute), undefined);

      let id = sessions.start('anna', hash, 0);
      for (let now = 0; now <= 12 * hour; now += 20 * minute) {
        assert.ok(sessions.find(id, now));
        id = sessions.renew(id, now) ?? id;
      }
      assert.ok(sessions.find(id, 12 * hour));
      assert.equal(sessions.find(id, 12 * hour + 1), undefined);
    });
  });

  it('tells of every end, by whatever reason, and once', () => {
    const sessions = createSessions();
    const ended: string[] = [];
    const stop = sessions.onEnd((key) => ended.push(key));
    const keyOf = (id: string, now: number) => sessions.find(id, now)!.key;
    const out = keyOf(sessions.start('anna', hash, 0), 0);
    sessions.end(out);
    sessions.end(out);
    assert.deepEqual(ended.splice(0), [out]);

    const idle = keyOf(sessions.start('anna', hash, 0), 0);
    assert.equal(sessions.stands(idle, 31 * minute), false);
    assert.deepEqual(ended.splice(0), [idle]);

    const removed = keyOf(sessions.start('anna', hash, 0), 0);
    sessions.keep(() => []);
    assert.deepEqual(ended.splice(0), [removed]);

    const oldest = keyOf(sessions.start('anna', hash, 0), 0);
    for (let count = 0; count < 20; count += 1) sessions.start('anna', hash, 1);
    assert.deepEqual(ended.splice(0), [oldest]);

    stop();
    sessions.keep(() => []);
    assert.deepEqual(ended, []);
  });
});
