import assert from 'node:assert/strict';
import { readAccount } from '../../../nodes/whatsapp-account/account-config.ts';
import type { Found } from '../../../nodes/whatsapp-account/finding.ts';
import { inWords } from '../../../nodes/whatsapp-account/finding-words.editor.ts';
import { webhookFinding } from '../../../nodes/whatsapp-account/webhook-finding.ts';
import type { LiveAccount } from '../../../nodes/shared/house.ts';
import { heard, type Standing } from '../../../src/receiver/standing.ts';
import type { News } from '../../../src/receiver/news.ts';

const config = readAccount('shop', { provider: 'meta', accountId: '1', path: 'p' });
const live = { id: 'shop', path: 'p', provider: 'meta' } as LiveAccount;
const minute = 60_000;
const received: News = { kind: 'received', account: 'shop', events: 1, duplicates: 0 };

describe('what the check says of a webhook', () => {
  function say(now: number, ...news: readonly (readonly [number, News])[]): Found {
    const fresh: Standing = { since: 0, quietAfter: 1 };
    const standing = news.reduce((before, [at, one]) => heard(before, one, at), fresh);
    return webhookFinding({ live, standing }, config, now);
  }

  it('is when the last event came, or when the URL was verified', () => {
    const ok = { state: 'ok' } as const;
    assert.deepEqual(say(6, [5, received]), { ...ok, key: 'webhook.received', at: 5 });
    const verified: News = { kind: 'handshake' };
    assert.deepEqual(say(6, [5, verified]), { ...ok, key: 'webhook.verified', at: 5 });
    assert.deepEqual(say(8, [5, verified], [7, received]), {
      ...ok,
      key: 'webhook.received',
      at: 7,
    });
  });

  it('is what is wrong, and since when', () => {
    const token: News = { kind: 'refused', reason: 'token' };
    assert.deepEqual(say(9, [5, token], [7, token]), {
      state: 'wrong',
      key: 'webhook.refused.token',
      at: 5,
    });
    const read: News = { kind: 'refused', reason: 'body read' };
    assert.equal((say(9, [5, read]) as { key: string }).key, 'webhook.refused.bodyread');
    const number: News = { kind: 'unknown number', number: '999' };
    assert.deepEqual(say(9, [5, number]), {
      state: 'wrong',
      key: 'webhook.unknownNumber',
      at: 5,
      values: { number: '999' },
    });
    assert.equal(say(9, [5, { kind: 'quarantined', reason: 'no JSON' }]).state, 'warning');
  });

  it('is that it is quiet, once it has been for too long', () => {
    assert.equal(say(60 * minute, [5 * minute, received]).state, 'ok');
    assert.deepEqual(say(65 * minute, [5 * minute, received]), {
      state: 'warning',
      key: 'webhook.quiet',
      at: 5 * minute,
      values: { hours: 1 },
    });
  });

  it('is a hint where nothing was heard, or the form is not what is deployed', () => {
    assert.deepEqual(say(1), { state: 'warning', key: 'webhook.neverReceived' });
    const key = (found: Found) => ('key' in found ? found.key : '');
    assert.equal(key(webhookFinding(undefined, config, 0)), 'webhook.deployFirst');
    const standing = { since: 0, quietAfter: 0 };
    const changed = { ...config, path: 'q' };
    assert.equal(key(webhookFinding({ live, standing }, changed, 0)), 'webhook.differs');
  });

  it('has the words of the catalogue, with what they name', () => {
    const words = (key: string, values: object = {}): string => `${key} ${JSON.stringify(values)}`;
    assert.deepEqual(inWords({ state: 'wrong', text: 'In words.' }, words), {
      state: 'wrong',
      text: 'In words.',
    });
    const { text } = inWords(
      { state: 'warning', key: 'sending.missing', names: ['keyId', 'keySecret'] },
      words,
    );
    assert.match(text, /^finding\.sending\.missing .*label\.keyId.*, label\.keySecret/);
  });
});
