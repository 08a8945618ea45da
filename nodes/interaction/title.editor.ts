/** The choices of `action`; a variable of the environment is known only when the flow runs. */
const actions: ReadonlySet<string> = new Set(['close', 'assign', 'variables']);

/** What a node without a name is called. */
export function titleOf(action: string, say: (key: string) => string): string {
  return actions.has(action) ? say(`title.${action}`) : 'interaction';
}
