import { standardVariableNames } from '../../src/event/standard-variables.ts';

/** Every variable one can name here: the standard ones, then those that any trigger-variables node declares. */
export function knownVariables(): readonly string[] {
  const names = new Set<string>(standardVariableNames);
  RED.nodes.eachConfig((node) => {
    if (node.type !== 'trigger-variables' || !Array.isArray(node['variables'])) return;
    for (const variable of node['variables'] as readonly { readonly name?: unknown }[]) {
      if (typeof variable?.name === 'string' && variable.name !== '') names.add(variable.name);
    }
  });
  return [...names];
}
