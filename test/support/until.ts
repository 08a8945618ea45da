import { setTimeout } from 'node:timers/promises';

/** Asks again until it is so; the test's own time-out ends what never comes. */
export async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await isSo())) await setTimeout(5);
}
