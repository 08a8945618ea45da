import assert from 'node:assert/strict';
import { readAccount } from '../../../nodes/whatsapp-account/account-config.ts';
import { webhookFinding } from '../../../nodes/whatsapp-account/webhook-finding.ts';
import type { LiveAccount } from '../../../nodes/shared/house.ts';
import type { News } from '../../../src/receiver/news.ts';
import type { LogEntry } from '../../../src/trace/trigger-log.ts';

const config = readAccount('shop', { provider: 'simulator', path: 'p' });
const live = { id: 'shop', path: 'p', provider: 'simulator' } as LiveAccount;
const now = Date.parse('2026-03-02T12:00:00Z');

function entry(news: Exclude<News, { kind: 'failed' }>, minutes = 0, account = 'shop'): LogEntry {
  const at = new Date(now - minutes * 60_000).toISOString();
  return { kind: 'webhook', at, accounts: [account], news };
}
const received = { kind: 'received', account: 'shop', events: 1, duplicates: 0 } as const;
const notice = { kind: 'notice', account: 'shop', about: 'history', text: '', count: 9 } as const;

describe('what the check says of a webhook', () => {
  const say = (...log: readonly LogEntry[]) => webhookFinding(live, config, log, now);

  it('is how long ago the last event came', () => {
    assert.match(say(entry(received)).text, /just now/);
    assert.match(say(entry(received, 90)).text, /90 min ago/);
    assert.match(say(entry(received, 60 * 49)).text, /49 h ago/);
  });

  it('passes over notices and what is about another account', () => {
    const log = [entry(notice), entry({ kind: 'handshake' }, 0, 'other'), entry(received, 5)];
    assert.deepEqual(say(...log), { state: 'ok', text: 'Webhook: the last event came 5 min ago.' });
  });

  it('names what was wrong with the last request', () => {
    const token = say(entry({ kind: 'refused', reason: 'token' }), entry(received));
    assert.deepEqual([token.state, /verify token/.test(token.text)], ['wrong', true]);
    const number = say(entry({ kind: 'unknown number', number: '999' }));
    assert.deepEqual([number.state, /999/.test(number.text)], ['wrong', true]);
    assert.equal(say(entry({ kind: 'quarantined', reason: 'no JSON' })).state, 'warning');
  });

  it('is a hint where nothing was heard', () => {
    assert.equal(say().state, 'warning');
    assert.match(webhookFinding(undefined, config, [], now).text, /deploy first/);
  });
});
