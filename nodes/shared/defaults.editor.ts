/**
 * A flow written by hand says only what differs from the defaults; the editor itself fills in the rest
 * only for nodes out of the palette, and would show empty controls and complain about them.
 */
export function fillDefaults(
  type: string,
  also: (node: EditorNode) => void = () => undefined,
): void {
  RED.events.on('nodes:add', (added) => {
    if (added.type !== type) return;
    // The node itself, not the editor's proxy of it: that one throws on a locked flow.
    const node = added.__node__ ?? added;
    for (const [property, { value }] of Object.entries(node._def.defaults)) {
      node[property] ??= structuredClone(value);
    }
    also(node);
  });
}
