import type { Secrets } from '../provider/provider.ts';
import type { ApiRequest, Refused, Sender, SendingAccount } from '../provider/sender.ts';
import type { ApiOutcome } from './api-client.ts';

export type Grant =
  | {
      readonly token: string;
      /** Whether it is an older one that may have been revoked. */
      readonly isOld: boolean;
    }
  | Refused;

interface Kept {
  readonly token: string;
  readonly until: number;
}

/** What is asked for one account, once at a time. */
type Ask = (request: ApiRequest) => Promise<ApiOutcome>;

/** A token is renewed a little before it ends: the request that carries it takes its time, too. */
const marginMs = 60_000;

/** By the very object of an account's secrets: a redeployed account has new ones. */
const kept = new WeakMap<Secrets, Kept>();
const asked = new WeakMap<Secrets, Promise<Kept | Refused>>();

/** The token that the account's next request needs; "" where its provider has none. Never rejects. */
export async function tokenFor(
  account: SendingAccount,
  sender: Sender,
  ask: Ask,
  now: () => number = Date.now,
): Promise<Grant> {
  if (!sender.token) return { token: '', isOld: false };
  const { secrets } = account;
  const known = kept.get(secrets);
  if (known && known.until > now()) return { token: known.token, isOld: true };
  const asking = asked.get(secrets) ?? exchange(account, sender.token, ask, now);
  asked.set(secrets, asking);
  const found = await asking;
  asked.delete(secrets);
  return 'remedy' in found ? found : { token: found.token, isOld: false };
}

/** The provider takes it no longer. */
export function forgetToken({ secrets }: SendingAccount): void {
  kept.delete(secrets);
}

async function exchange(
  account: SendingAccount,
  token: NonNullable<Sender['token']>,
  ask: Ask,
  now: () => number,
): Promise<Kept | Refused> {
  const outcome = await ask(token.request(account));
  if (outcome.kind !== 'answer') {
    const remedy = outcome.kind === 'impossible' ? 'account' : 'retry';
    return { remedy, code: '', text: outcome.text };
  }
  const granted = token.read(outcome.answer);
  if ('remedy' in granted) return granted;
  const until = now() + Math.max(0, granted.expiresIn * 1000 - marginMs);
  const entry = { token: granted.token, until };
  kept.set(account.secrets, entry);
  return entry;
}
