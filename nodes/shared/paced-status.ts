import type { Node, NodeStatus } from 'node-red';

const intervalMs = 1_000;

/**
 * Shows at most one status a second; the last one always gets there. The status is made when it is
 * shown: translating one costs a fifth of what handling an event does. Ends with the node.
 */
export function pacedStatus(node: Node): (make: () => NodeStatus) => void {
  let timer: NodeJS.Timeout | undefined;
  let next: (() => NodeStatus) | undefined;
  const pass = (): void => {
    timer = undefined;
    if (!next) return;
    const make = next;
    next = undefined;
    node.status(make());
    timer = setTimeout(pass, intervalMs);
  };
  node.on('close', () => clearTimeout(timer));
  return (make) => {
    next = make;
    if (!timer) pass();
  };
}
