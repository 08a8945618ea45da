import type { Inbox } from '../../src/inbox/inbox.ts';
import type { ReceivingAccount } from '../../src/receiver/route.ts';
import { policy } from '../unit/store/conformance.ts';
import { secretsOf } from './outbox.ts';

/** An account as the receiver has it. */
export function account(
  accountId: string,
  given: Partial<ReceivingAccount> & { readonly inbox: Inbox },
): ReceivingAccount {
  return {
    accountId,
    policy,
    secrets: secretsOf({}),
    publicUrl: '',
    closeOnProvider: false,
    ...given,
  };
}
