/** What the tests of later tries have in common: a target that fails and recovers, and what is kept. */
import { setTimeout } from 'node:timers/promises';
import { houseOf } from '../../nodes/shared/house.ts';
import type { ForwardSummary } from '../../src/store/forwards.ts';
import { nextInput, node, runtimeApi, settings } from './flow.ts';
import { event, useForward } from './forward-flow.ts';

/** `seconds`: the waits between the tries, for nodes that start without another `schedule`. */
export function useDurable(...seconds: readonly number[]) {
  const common = useForward(seconds);
  const { sink, folder } = common;
  const schedule = (...waits: number[]): void =>
    settings({ userDir: folder(), whatsappTriggers: { forward: { schedule: waits } } });
  const failing = (status = 503, headers = {}): void =>
    sink().behave({ kind: 'answer', status, headers });
  const recovered = (): void => sink().behave({ kind: 'answer', body: 'fine' });
  const eventOf = (id: string, contact = 'c1') => ({
    payload: { ...event, id, contact: { ...event.contact, id: contact } },
  });
  async function kept(): Promise<readonly ForwardSummary[]> {
    const stores = [...houseOf(runtimeApi()).inboxes].map(({ store }) => store);
    return (await Promise.all(stores.map((store) => store.forwards('forward', 1000)))).flat();
  }
  /** Sends a message in and resolves when the node is done with it. */
  async function take(msg: object): Promise<void> {
    const completed = nextInput('completed');
    node('forward').receive(structuredClone(msg));
    await completed;
  }
  async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await condition())) await setTimeout(5);
  }

  return { ...common, schedule, failing, recovered, eventOf, kept, take, until };
}
