import type { NodeAPI } from 'node-red';
import type { TriggerStore } from '../../src/store/contract.ts';
import { houseOf } from '../shared/house.ts';
import { inFlow } from './in-flow.ts';

const attached = new WeakSet<object>();

/**
 * After every deploy and start, what waits for a node that is in the flow no more becomes dead letters:
 * one that was disabled, set to one try or stopped with Node-RED when it was removed has not done so itself.
 */
export function cancelOrphans(RED: NodeAPI): void {
  if (attached.has(RED.events)) return;
  attached.add(RED.events);
  RED.events.on('flows:started', () => {
    const isInFlow = inFlow(RED);
    const reason = RED._('url-forward.error.removed');
    for (const { store } of houseOf(RED).inboxes) {
      // A store that fails says so itself.
      void cancel(store, isInFlow, reason).catch(() => undefined);
    }
  });
}

async function cancel(
  store: TriggerStore,
  isInFlow: (id: string) => boolean,
  reason: string,
): Promise<void> {
  const { forwards } = await store.measure();
  const orphans = forwards.filter(({ node, waiting }) => waiting > 0 && !isInFlow(node));
  for (const { node } of orphans) await store.cancelForwards(node, reason);
}
