import type { NodeAPI } from 'node-red';
import { TriggerError } from '../../src/errors.ts';
import { providers } from '../../src/provider/registry.ts';
import type { SendingParty } from '../../src/send/order.ts';
import { accountOf } from './account.ts';
import { simulatorCall } from './simulator/api.ts';

/** Through whom an account's messages go. Throws E_CONFIG with the reason where none can. */
export function sendingParty(RED: NodeAPI, accountId: string): SendingParty {
  const account = accountOf(RED, accountId);
  const sender = providers.get(account.provider)?.sender;
  if (!sender) {
    throw new TriggerError(
      'E_CONFIG',
      `Nothing can be sent by the provider "${account.provider}".`,
    );
  }
  if (account.provider !== 'simulator') return { account, sender };
  return { account, sender, call: simulatorCall(RED, accountId) };
}
