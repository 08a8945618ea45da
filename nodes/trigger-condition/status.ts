import type { Node, NodeAPI } from 'node-red';
import type { TriggerError } from '../../src/errors.ts';
import { pacedStatus } from '../shared/paced-status.ts';

export interface TriggerStatus {
  readonly decided: (met: boolean) => void;
  readonly failed: (error: TriggerError) => void;
  /** After a deploy: shows what is wrong, or takes away what is no longer. */
  readonly deployed: (fault: TriggerError | undefined) => void;
}

/** How many messages met the trigger's conditions since it was deployed, and how many did not. */
export function createStatus(RED: NodeAPI, node: Node): TriggerStatus {
  const show = pacedStatus(node);
  const count = { met: 0, notMet: 0 };
  let isRed = false;

  function failed(error: TriggerError): void {
    isRed = true;
    show(() => ({ fill: 'red', shape: 'ring', text: `${error.code}: ${error.message}` }), 'alarm');
  }

  function counted(fill: 'green' | 'grey'): void {
    isRed = false;
    show(() => ({
      fill,
      shape: 'dot',
      text: RED._('trigger-condition.status.counts', { ...count }),
    }));
  }

  return {
    failed,
    decided: (met) => {
      count[met ? 'met' : 'notMet'] += 1;
      counted(met ? 'green' : 'grey');
    },
    deployed: (fault) => {
      if (fault) failed(fault);
      else if (isRed) counted('grey');
    },
  };
}
