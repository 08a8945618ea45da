import { randomPath } from '../../nodes/shared/random-path.editor.ts';
import { say } from './words.editor.ts';

const type = 'whatsapp-account';

/** Whether there is an account to try the flow with, deployed or not. */
export function hasSimulator(): boolean {
  let found = false;
  RED.nodes.eachConfig((node) => {
    found ||= node.type === type && node['provider'] === 'simulator';
  });
  return found;
}

/** Puts one there, as its form would. */
export function addSimulator(): void {
  const definition = RED.nodes.getType(type);
  if (!definition) return;
  const id = RED.nodes.id();
  const defaults = Object.entries(definition.defaults).map(
    ([property, { value }]) => [property, structuredClone(value)] as const,
  );
  RED.history.push({ t: 'add', nodes: [id], dirty: RED.nodes.dirty() });
  RED.nodes.add({
    ...Object.fromEntries(defaults),
    id,
    type,
    _def: definition,
    z: '',
    users: [],
    name: say('sidebar.simulator'),
    path: randomPath(),
    changed: true,
  });
  RED.nodes.dirty(true);
  RED.view.redraw();
}
