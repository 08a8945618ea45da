import type { NodeAPI } from 'node-red';
import { TriggerError } from '../../src/errors.ts';
import { houseOf, type LiveAccount } from './house.ts';

/** The account of this id; throws E_CONFIG with the reason why there is none to be used. */
export function accountOf(RED: NodeAPI, id: string): LiveAccount {
  const { accounts, refusals } = houseOf(RED);
  const account = accounts.get(id);
  if (account) return account;
  const refusal = refusals.get(id);
  if (refusal) throw new TriggerError(refusal.code, `Its account was refused: ${refusal.message}`);
  throw new TriggerError('E_CONFIG', 'Its WhatsApp account does not exist.');
}
