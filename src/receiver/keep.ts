import type { Inbox } from '../inbox/inbox.ts';
import type { Notice, ProviderFact, WebhookRequest } from '../provider/provider.ts';
import type { IngestFact } from '../store/contract.ts';
import { gathered, type NoticeNews, type Tell } from './news.ts';
import { accountAt, type ReceivingAccount, type Route } from './route.ts';

/**
 * Puts every fact of a verified request on stable storage and what could not be read into quarantine.
 * Rejects when either failed; the provider then comes again with all of it.
 */
export async function keep(
  request: WebhookRequest,
  route: Route,
  verified: ReceivingAccount,
  tell: Tell,
): Promise<void> {
  const { facts, problems, notices } = route.provider.parse(request, route.setting);
  const sorted = sort(facts, route);
  sorted.unknown.forEach((number) => tell(route, { kind: 'unknown number', number }));
  const [problem] = problems;
  const [kept] = await Promise.all([
    Promise.all([...sorted.byInbox].map(([inbox, entries]) => inbox.ingest(entries, request.now))),
    problem ? setAside(request, route, verified, problem.reason) : undefined,
  ]);
  for (const share of kept.flat()) {
    if (share.events + share.duplicates > 0) tell(route, { kind: 'received', ...share });
  }
  if (problem) tell(route, { kind: 'quarantined', reason: problem.reason });
  if (notices.length > 0) gather(notices, route).forEach((news) => tell(route, news));
}

interface Sorted {
  readonly byInbox: ReadonlyMap<Inbox, readonly IngestFact[]>;
  readonly unknown: readonly string[];
}

function sort(facts: readonly ProviderFact[], route: Route): Sorted {
  const byInbox = new Map<Inbox, IngestFact[]>();
  const unknown: string[] = [];
  for (const fact of facts) {
    const account = accountAt(route, fact.accountId);
    if (!account) unknown.push(fact.accountId);
    else if (fact.kind !== 'end' || account.closeOnProvider) {
      const { raw: _, ...lean } = fact;
      const entry: IngestFact = { policy: account.policy, fact: route.keepRaw ? fact : lean };
      const known = byInbox.get(account.inbox);
      if (known) known.push(entry);
      else byInbox.set(account.inbox, [entry]);
    }
  }
  return { byInbox, unknown };
}

function gather(notices: readonly Notice[], route: Route): readonly NoticeNews[] {
  return gathered(
    notices.map(({ accountId, about, text }) => {
      const account = accountAt(route, accountId ?? '')?.policy.account.id ?? '';
      return { account, about, text };
    }),
  );
}

/** A retry would be as unreadable: the request is kept for a person and acknowledged. */
async function setAside(
  request: WebhookRequest,
  route: Route,
  { inbox, policy }: ReceivingAccount,
  reason: string,
): Promise<void> {
  const isQuery = request.method === 'GET';
  const body = isQuery ? queryOf(request.url) : new TextDecoder().decode(request.body);
  const { id: accountId } = policy.account;
  await inbox.store.quarantine({ at: request.now, accountId, path: route.path, reason, body });
}

function queryOf(url: string): string {
  const at = url.indexOf('?');
  return at < 0 ? '' : url.slice(at + 1);
}
