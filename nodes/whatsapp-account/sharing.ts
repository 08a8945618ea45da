import { isDeepStrictEqual } from 'node:util';
import { TriggerError } from '../../src/errors.ts';
import type { LiveAccount } from '../shared/house.ts';
import type { AccountConfig } from './account-config.ts';

/**
 * Accounts of one provider may share a webhook path, each with a number of its own: throws E_CONFIG
 * when this one cannot join those that are there.
 */
export function refuseSharing(accounts: readonly LiveAccount[], config: AccountConfig): void {
  const { path, provider, accountId, mapping } = config;
  const sharers = accounts.filter((account) => account.path === path);
  const wrong = (reason: string): never => {
    throw new TriggerError('E_CONFIG', reason);
  };
  const rival = sharers.find((account) => account.provider !== provider);
  if (rival) {
    wrong(
      `The webhook path "${path}" belongs to account "${rival.policy.account.name}" of provider "${rival.provider}"; two providers cannot share a path.`,
    );
  }
  const twin = sharers.find((account) => account.accountId === accountId);
  if (twin) {
    wrong(
      `The number ${accountId || '(none)'} belongs to account "${twin.policy.account.name}" on this path already.`,
    );
  }
  const nameless = accountId === '' ? sharers[0] : sharers.find((one) => one.accountId === '');
  if (nameless) {
    wrong(`Accounts that share the path "${path}" need an account ID each, to tell them apart.`);
  }
  if (sharers.some((account) => !isDeepStrictEqual(account.mapping, mapping))) {
    wrong(`Accounts that share the path "${path}" need the same mapping.`);
  }
}
