import { sender as graph } from '../meta/sender.ts';
import type { Sender, SendingAccount } from '../sender.ts';

/** A request to this host is answered by the simulator within the process; no resolver knows the name. */
const nowhere = 'https://simulator.invalid';

/** Builds what the Graph API would get and reads its answers; nothing limits how fast it takes messages. */
export const sender: Sender = {
  ...graph,
  build: (outgoing, account, token) => graph.build(outgoing, simulated(account), token),
  rates: { account: { perSecond: 1_000, burst: 1_000 } },
  check: () => undefined,
  mediaSource: () => undefined,
};

function simulated(account: SendingAccount): SendingAccount {
  const secrets = { ...account.secrets, accessToken: 'simulator' };
  return { ...account, apiUrl: nowhere, apiVersion: '', secrets };
}
