import type { NodeAPI } from 'node-red';
import { houseOf } from '../shared/house.ts';

/** The first of these ids, names or keys that no account has; undefined when there are all. */
export function missingAccount(RED: NodeAPI, accounts: readonly string[]): string | undefined {
  return accounts.find((value) => !accountNode(RED, value) && !isNameOrKey(RED, value));
}

/** The name of the account with this id. */
export function accountName(RED: NodeAPI, id: string): string | undefined {
  return houseOf(RED).accounts.get(id)?.policy.account.name || accountNode(RED, id)?.name;
}

/** Also one that is itself refused: its own node says what is wrong with it. */
function accountNode(RED: NodeAPI, id: string) {
  const node = RED.nodes.getNode(id);
  return node?.type === 'whatsapp-account' ? node : undefined;
}

function isNameOrKey(RED: NodeAPI, value: string): boolean {
  return [...houseOf(RED).accounts.values()].some(
    ({ policy: { account } }) => account.name === value || account.key === value,
  );
}
