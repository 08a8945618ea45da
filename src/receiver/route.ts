import type { Inbox } from '../inbox/inbox.ts';
import type { ParseSetting, Provider, Secrets } from '../provider/provider.ts';
import type { AccountPolicy } from '../store/contract.ts';

/** An account whose webhook is served. */
export interface ReceivingAccount {
  /** The provider's id of our number. */
  readonly accountId: string;
  /** The whole webhook URL as the provider was given it; "" where nobody has entered it. */
  readonly publicUrl: string;
  readonly secrets: Secrets;
  readonly policy: AccountPolicy;
  /** Whether an interaction closes when the provider ends the conversation. */
  readonly closeOnProvider: boolean;
  readonly inbox: Inbox;
}

/** The accounts of one webhook path, all of one provider. */
export interface Route {
  readonly path: string;
  readonly provider: Provider;
  readonly setting: ParseSetting;
  readonly accounts: readonly ReceivingAccount[];
  /** Whether events keep the provider's own object. */
  readonly keepRaw: boolean;
}

/**
 * The account that a fact is for. Where a provider does not name our number, or nobody has entered it
 * here, a path has one account only.
 */
export function accountAt({ accounts }: Route, accountId: string): ReceivingAccount | undefined {
  const [only] = accounts;
  const isNameless = accountId === '' || only?.accountId === '';
  if (isNameless && accounts.length === 1) return only;
  return accounts.find((account) => account.accountId === accountId);
}
