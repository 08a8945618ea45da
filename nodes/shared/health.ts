import type { NodeAPI } from 'node-red';
import { houseOf } from './house.ts';

/**
 * Nothing can be sent through an account until somebody mends it, and why; `undefined` when a send has
 * gone through again. Shown by the whatsapp-in nodes of the account, counted, and told in the log once.
 */
export function setHealth(RED: NodeAPI, accountId: string, problem: string | undefined): void {
  const { accounts, ailments, accountNews } = houseOf(RED);
  if (ailments.get(accountId) === problem) return;
  if (problem === undefined) ailments.delete(accountId);
  else ailments.set(accountId, problem);
  const name = accounts.get(accountId)?.policy.account.name ?? accountId;
  if (problem === undefined) RED.log.info(`[whatsapp-triggers] Account "${name}" can send again.`);
  else RED.log.warn(`[whatsapp-triggers] Account "${name}" cannot send: ${problem}`);
  const news = { kind: 'health' as const, ...(problem === undefined ? {} : { problem }) };
  accountNews.emit('news', [accountId], news);
}
