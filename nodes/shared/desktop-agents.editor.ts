import { textOf } from './text.editor.ts';

/** The names of the agents that a desktop knows. */
export function agentsOf(desktop: unknown): string[] {
  const agents = RED.nodes.node(textOf(desktop))?.['agents'];
  if (!Array.isArray(agents)) return [];
  return (agents as readonly { readonly username?: unknown }[])
    .map(({ username }) => textOf(username))
    .filter((username) => username !== '');
}
