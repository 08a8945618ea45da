import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TriggerError } from '../../../src/errors.ts';
import type { News, Refusal } from '../../../src/receiver/news.ts';
import {
  heard,
  isQuiet,
  quietAt,
  quietSince,
  type Standing,
} from '../../../src/receiver/standing.ts';

const hour = 3_600_000;
const fresh: Standing = { since: 0, quietAfter: 24 };
const received: News = { kind: 'received', account: 'shop', events: 1, duplicates: 0 };
const refused = (reason: Refusal): News => ({ kind: 'refused', reason });
const failed: News = { kind: 'failed', error: new TriggerError('E_STORE', 'No.') };

function after(...heardAt: readonly (readonly [number, News])[]): Standing {
  return heardAt.reduce((standing, [at, news]) => heard(standing, news, at), fresh);
}

describe('how an account stands', () => {
  it('has a trouble since its first time, not since its last', () => {
    const { trouble } = after([1, refused('signature')], [5, refused('signature')]);
    assert.equal(trouble?.since, 1);
  });

  it('has the last of two different troubles', () => {
    const first: News = { kind: 'unknown number', number: '1' };
    const { trouble } = after([1, first], [2, { ...first, number: '2' }], [3, failed]);
    assert.deepEqual([trouble?.news.kind, trouble?.since], ['failed', 3]);
  });

  it('has no trouble once an event comes', () => {
    const wrong = [refused('signature'), failed, refused('token')];
    for (const news of wrong) assert.equal(after([1, news], [2, received]).trouble, undefined);
  });

  it('loses a wrong token by a right one, and nothing else by it', () => {
    const handshake: News = { kind: 'handshake' };
    assert.equal(after([1, refused('token')], [2, handshake]).trouble, undefined);
    assert.ok(after([1, refused('signature')], [2, handshake]).trouble);
  });

  it('is not troubled by what any stranger can do, nor by what is no request', () => {
    const harmless: readonly News[] = [
      refused('method'),
      refused('size'),
      refused('slow'),
      { kind: 'notice', account: 'shop', about: 'history', text: '', count: 1 },
      { kind: 'level', of: 'inbox', level: 'full' },
      { kind: 'health', problem: 'x' },
    ];
    for (const news of harmless) assert.equal(heard(fresh, news, 1), fresh);
  });

  it('is quiet after so many hours without an event, also where none ever came', () => {
    assert.deepEqual([isQuiet(fresh, 24 * hour - 1), isQuiet(fresh, 24 * hour)], [false, true]);
    const standing = after([3 * hour, received]);
    assert.equal(quietAt(standing), 27 * hour);
    assert.equal(quietSince(standing), 3 * hour);
    assert.equal(quietAt({ ...standing, quietAfter: 0.5 }), 3.5 * hour);
  });

  it('is never quiet where 0 hours are asked for', () => {
    assert.equal(quietAt({ ...fresh, quietAfter: 0 }), undefined);
    assert.equal(isQuiet({ ...fresh, quietAfter: 0 }, Number.MAX_SAFE_INTEGER), false);
  });

  it('is not quiet just after an event, whatever came before', () => {
    const news = fc.constantFrom(received, refused('signature'), refused('token'), failed);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(1e9), news)), fc.nat(1e9), (before, now) => {
        const standing = heard(after(...before), received, now + 1e9);
        assert.equal(isQuiet(standing, now + 1e9), false);
        assert.equal(standing.trouble, undefined);
      }),
    );
  });
});
