import { flagOf } from './flags.editor.ts';
import { migrated } from './migrations.ts';

/**
 * Brings what an older version has saved to this one, and fills in the rest: a flow written by hand says
 * only what differs from the defaults, the editor itself fills them in only for nodes out of the
 * palette, and would show empty controls and complain about them.
 */
export function fillDefaults(type: string): void {
  RED.events.on('nodes:add', (added) => {
    if (added.type !== type) return;
    // The node itself, not the editor's proxy of it: that one throws on a locked flow.
    const node = added.__node__ ?? added;
    const { defaults } = node._def;
    const saved = Object.keys(defaults).map((property) => [property, node[property]] as const);
    const now = migrated({ ...Object.fromEntries(saved), type });
    for (const [property, { value }] of Object.entries(defaults)) {
      const saved = typeof value === 'boolean' ? flagOf(now[property]) : now[property];
      node[property] = saved ?? structuredClone(value);
    }
  });
}
