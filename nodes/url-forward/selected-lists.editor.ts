import { textOf } from '../shared/text.editor.ts';

interface SavedNode {
  readonly id?: unknown;
  readonly type?: unknown;
  readonly selected?: unknown;
}

type Selected = string | readonly string[];

/** What a flow written by hand keeps in `selected`, by node id: a list, or one text. */
export function selectedLists(flows: unknown): Map<string, Selected> {
  const saved: unknown = Array.isArray(flows) ? flows : (flows as { flows?: unknown })?.flows;
  const lists = new Map<string, Selected>();
  for (const node of Array.isArray(saved) ? (saved as readonly SavedNode[]) : []) {
    if (node?.type !== 'url-forward') continue;
    const { selected } = node;
    if (Array.isArray(selected)) lists.set(textOf(node.id), selected.map(textOf));
    else if (typeof selected === 'string') lists.set(textOf(node.id), selected);
  }
  return lists;
}
