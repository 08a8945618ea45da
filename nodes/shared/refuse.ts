import type { Node, NodeAPI } from 'node-red';
import type { TriggerError } from '../../src/errors.ts';
import { onInput } from './input.ts';

/**
 * A node whose configuration is wrong: says so once at deploy (red status, log) and refuses every
 * message with the same coded error, while the rest of the flow runs.
 */
export function refuse(RED: NodeAPI, node: Node, error: TriggerError): void {
  node.status({ fill: 'red', shape: 'ring', text: `${error.code}: ${error.message}` });
  node.error(error);
  onInput(RED, node, { code: error.code }, () => {
    throw error;
  });
}
