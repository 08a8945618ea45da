/** What a config node is called where another node's label mentions it. */
export function configName(id: unknown): string {
  const node = typeof id === 'string' ? RED.nodes.node(id) : null;
  if (!node) return '';
  const label = node['label'];
  const said: unknown = typeof label === 'function' ? label.call(node) : undefined;
  return node.name || (typeof said === 'string' ? said : '');
}

/** Config nodes of a type, as the choices of a select. */
export function configChoices(type: string): { value: string; label: string }[] {
  const choices: { value: string; label: string }[] = [];
  RED.nodes.eachConfig((node) => {
    if (node.type === type) choices.push({ value: node.id, label: configName(node.id) || node.id });
  });
  return choices;
}

/** Names are set in italics, as everywhere in the editor. */
export function labelStyle(this: EditorNode): string {
  return this.name ? 'node_label_italic' : '';
}
