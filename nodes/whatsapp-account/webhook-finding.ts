import type { LogEntry } from '../../src/trace/trigger-log.ts';
import type { LiveAccount } from '../shared/house.ts';
import type { AccountConfig } from './account-config.ts';
import type { Finding } from './finding.ts';

type Heard = Extract<LogEntry, { kind: 'webhook' }>;

/** What was heard of the account's webhook last, the newest entry of the log first. */
export function webhookFinding(
  live: LiveAccount | undefined,
  config: AccountConfig,
  log: readonly LogEntry[],
  now: number,
): Finding {
  if (!live) return warning('deploy first, then give the URL to the provider.');
  if (live.path !== config.path || live.provider !== config.provider) {
    return warning('the form differs from what is deployed; deploy first.');
  }
  const last = log.find((entry): entry is Heard => isAbout(entry, live.id));
  if (!last) {
    return warning('no request has come since Node-RED started. Does the provider know the URL?');
  }
  return describe(last, ageOf(now - Date.parse(last.at)));
}

function isAbout(entry: LogEntry, id: string): boolean {
  return entry.kind === 'webhook' && entry.news.kind !== 'notice' && entry.accounts.includes(id);
}

function describe({ news }: Heard, age: string): Finding {
  switch (news.kind) {
    case 'received':
      return { state: 'ok', text: `Webhook: the last event came ${age}.` };
    case 'handshake':
      return { state: 'ok', text: `Webhook: the provider verified the URL ${age}.` };
    case 'refused':
      return wrong(
        `the last request, ${age}, was refused: ${refusals[news.reason] ?? news.reason}`,
      );
    case 'unknown number':
      return wrong(`the last event, ${age}, was for "${news.number}", which no account has.`);
    case 'quarantined':
      return warning(`the last request, ${age}, could not be read: ${news.reason}`);
    case 'failed':
      return wrong(`the last request, ${age}, could not be kept: ${news.code}.`);
    case 'notice':
    case 'level':
    case 'health':
      return warning(`nothing was heard but "${news.kind}".`);
  }
}

const refusals: Readonly<Record<string, string>> = {
  signature: 'its signature or secret is not the one of this account.',
  token: 'its verify token is not the one of this account.',
  type: 'its content type is not one that this provider sends.',
  'body read': 'another part of the server had read its body.',
  full: 'the inbox is full.',
};

function warning(text: string): Finding {
  return { state: 'warning', text: `Webhook: ${text}` };
}

function wrong(text: string): Finding {
  return { state: 'wrong', text: `Webhook: ${text}` };
}

function ageOf(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 120) return `${minutes} min ago`;
  return `${Math.floor(minutes / 60)} h ago`;
}
