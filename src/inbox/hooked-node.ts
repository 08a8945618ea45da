/**
 * A node as Node-RED's hooks show it, with what Node-RED keeps in it (runtime/lib/nodes/Node.js):
 * `_expectedDoneCount` is 0 when no handler takes `done`; the callbacks are gone once it was stopped.
 */
export interface HookedNode {
  readonly id: string;
  readonly type: string;
  readonly name?: string;
  readonly wires?: readonly (readonly string[])[];
  readonly _expectedDoneCount?: number;
  readonly _inputCallback?: unknown;
  readonly _inputCallbacks?: unknown;
  readonly _flow?: {
    getNode(id: string): HookedNode | null | undefined;
    /** The Complete nodes that are told when a node is done. */
    readonly completeNodeMap?: Readonly<Record<string, readonly HookedNode[]>>;
  };
}

export function isRunning(node: HookedNode): boolean {
  return Boolean(node._inputCallback ?? node._inputCallbacks);
}

/** A flow takes a node out of its list before it closes it. */
export function isActive(node: HookedNode): boolean {
  return node._flow?.getNode(node.id) === node;
}

/** Where nodes are being stopped, Node-RED drops what is sent to one of them without a word. */
export function reachesItsNext(node: HookedNode): boolean {
  // It is wired to its others by links that are not shown here.
  if (node.type === 'link out') return false;
  const { _flow: flow, wires = [] } = node;
  const wired = wires.flat().map((id) => flow?.getNode(id) ?? undefined);
  const told = flow?.completeNodeMap?.[node.id] ?? [];
  return [...wired, ...told].every((next) => next !== undefined && isActive(next));
}
