import type { Node, NodeAPI } from 'node-red';
import type { Outcome } from '../../src/forward/exchange.ts';
import { isRetried } from '../../src/forward/schedule.ts';
import { houseOf } from '../shared/house.ts';

/** Counts a request: what it brought, not what becomes of its forward. */
export function countTry(RED: NodeAPI, node: Node, outcome: Outcome): void {
  const { answer, error } = outcome;
  const failure = isRetried(outcome) ? 'failed_for_now' : 'refused';
  houseOf(RED).meters.forwards.add(
    1,
    node.id,
    node.name ?? '',
    error ? failure : 'succeeded',
    String(answer?.statusCode ?? ''),
    error?.code ?? '',
  );
}
