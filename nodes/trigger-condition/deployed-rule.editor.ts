import type { SavedRule } from '../../src/condition/rule.ts';

interface SavedNode extends SavedRule {
  readonly id: string;
  readonly enabled?: unknown;
}

/**
 * The rule that decides just now; undefined where none does: the node was never deployed, or it is
 * switched off. What the editor holds may be newer than what runs.
 */
export function deployedRule(
  node: EditorNode,
  answer: (rule: SavedRule | undefined) => void,
): void {
  const take = (saved: SavedNode | undefined): void => {
    const isOff = saved?.enabled === false || saved?.enabled === 'false';
    answer(saved && !isOff ? { all: saved.all, any: saved.any } : undefined);
  };
  if (node.changed !== true) {
    take({ id: node.id, enabled: node['enabled'], all: node['all'], any: node['any'] });
    return;
  }
  void $.ajax({ url: 'flows', headers: { 'Node-RED-API-Version': 'v2' } })
    .done(({ flows }: { readonly flows: readonly SavedNode[] }) => {
      take(flows.find(({ id }) => id === node.id));
    })
    .fail(() => answer(undefined));
}
