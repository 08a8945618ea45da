import { textOf } from '../text.editor.ts';

/** The account whose events come to a node: its id, or "" when it may be any or none is known. */
export function connectedAccount(node: EditorNode): string {
  const found = new Set<string>();
  const seen = new Set<EditorNode>();
  const open: EditorNode[] = [node];
  for (let at = open.pop(); at; at = open.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    if (at.type === 'whatsapp-in') found.add(textOf(at['account']));
    else open.push(...sourcesOf(at));
  }
  const [account = ''] = found;
  return found.size === 1 ? account : '';
}

function sourcesOf(node: EditorNode): readonly EditorNode[] {
  const wired = RED.nodes.filterLinks({ target: node }).map(({ source }) => source);
  if (node.type !== 'link in' || !Array.isArray(node['links'])) return wired;
  const linked = node['links'].map((id) => RED.nodes.node(textOf(id)));
  return [...wired, ...linked.filter((one) => one !== null)];
}
