import { textOf } from '../shared/text.editor.ts';

interface SavedNode {
  readonly id?: unknown;
  readonly type?: unknown;
  readonly selected?: unknown;
}

/** The lists that a flow written by hand keeps in `selected`, by node id. */
export function selectedLists(flows: unknown): Map<string, readonly string[]> {
  const saved: unknown = Array.isArray(flows) ? flows : (flows as { flows?: unknown })?.flows;
  const lists = new Map<string, readonly string[]>();
  for (const node of Array.isArray(saved) ? (saved as readonly SavedNode[]) : []) {
    if (node?.type !== 'url-forward' || !Array.isArray(node.selected)) continue;
    lists.set(textOf(node.id), node.selected.map(textOf));
  }
  return lists;
}
