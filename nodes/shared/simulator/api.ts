import { randomBytes } from 'node:crypto';
import type { NodeAPI } from 'node-red';
import type { DeliveryStatus } from '../../../src/event/event.ts';
import { buildWebhook } from '../../../src/provider/simulator/build.ts';
import type { Call } from '../../../src/send/api-client.ts';
import { postSigned } from '../../../src/simulator/server/post-signed.ts';
import { receiverAddress } from '../../../src/simulator/server/receiver-address.ts';
import { type TakenSend, takeSend } from '../../../src/simulator/server/take-send.ts';
import { houseOf } from '../house.ts';
import { listening } from './routes.ts';

/** What becomes of every message that the simulated phones get: somebody is looking at them. */
const course: readonly DeliveryStatus[] = ['sent', 'delivered', 'read'];

/**
 * The simulator's side of whatsapp-out: takes the request that Meta's API would get, and reports what
 * became of the message by signed webhooks over real connections. The request itself is handed over in the
 * process: a second door, with a secret of its own, would only be one more that has to be guarded.
 */
export function simulatorCall(RED: NodeAPI, accountId: string): Call {
  return async (request) => {
    const { answer, taken } = takeSend(request, () => `wamid.${randomBytes(24).toString('hex')}`);
    // After the answer, as a rule; but nobody may rely on that with a real provider either.
    if (taken) setImmediate(() => void report(RED, accountId, taken));
    return { kind: 'answer', answer };
  };
}

/** Never rejects. Ends where the account does. */
async function report(RED: NodeAPI, accountId: string, { id, to, reference }: TakenSend) {
  try {
    for (const status of course) {
      const account = houseOf(RED).accounts.get(accountId);
      if (!account) return;
      const body = buildWebhook({
        line: { accountId: account.accountId, number: account.policy.account.number },
        customer: { name: '', phone: to.phone ?? '', userId: to.userId },
        happening: { kind: 'status', messageId: id, status, reference },
        id,
        timestamp: Math.floor(Date.now() / 1000),
      });
      const url = receiverAddress(listening(RED), account.path);
      await postSigned(url, body, account.secrets.appSecret);
    }
  } catch (error) {
    RED.log.warn(
      `[whatsapp-triggers] The simulator could not report a delivery: ${(error as Error).message}`,
    );
  }
}
