import { readEntries } from '../entries.editor.ts';
import { textOf } from '../text.editor.ts';

/** A variable of one's own, as the flows that are in the editor know it. */
export interface Declared {
  readonly name: string;
  readonly sample: string;
  readonly default: string;
  readonly description: string;
  readonly sensitive: boolean;
}

const columns = [
  { key: 'name' },
  { key: 'sample' },
  { key: 'default' },
  { key: 'description' },
  { key: 'sensitive', kind: 'check' },
] as const;

/** What trigger-variables nodes declare, all of them or some. */
export function declaredVariables(isAsked = (_id: string): boolean => true): readonly Declared[] {
  const found: Declared[] = [];
  RED.nodes.eachConfig((node) => {
    if (node.type !== 'trigger-variables' || !isAsked(node.id)) return;
    for (const { sensitive, ...texts } of readEntries(node['variables'], columns)) {
      const {
        name,
        sample,
        default: usual,
        description,
      } = texts as Record<keyof typeof texts, string>;
      if (name === '') continue;
      found.push({ name, sample, default: usual, description, sensitive: sensitive === true });
    }
  });
  return found;
}

/** What nodes set without a declaration: out of a target's answer, or kept with the interaction. */
export function variablesSet(): readonly { readonly name: string; readonly by: string }[] {
  const found: { name: string; by: string }[] = [];
  RED.nodes.eachNode((node) => {
    const key = { 'url-forward': 'variable', interaction: 'name' }[node.type];
    const list = node[node.type === 'interaction' ? 'variables' : 'responseVariables'];
    if (key === undefined || !Array.isArray(list)) return;
    for (const row of list as readonly Readonly<Record<string, unknown>>[]) {
      const name = textOf(row?.[key]);
      if (name !== '') found.push({ name, by: node.name || node.type.replace('-', ' ') });
    }
  });
  return found;
}
