import type { NodeAPI } from 'node-red';

/** What the editor has in the place of a saved password. */
const kept = '__PWRD__';

export interface FormCredentials {
  readonly values: Readonly<Record<string, string>>;
  /** Whether a saved one is among them: it may go only where it was saved for. */
  readonly isSaved: boolean;
}

/** The credentials that were typed into a form, and for the others the node's saved ones. */
export function formCredentials(
  RED: NodeAPI,
  id: string,
  typed: Readonly<Record<string, string>>,
): FormCredentials {
  const saved = (RED.nodes.getCredentials(id) ?? {}) as Partial<Record<string, string>>;
  let isSaved = false;
  const values = Object.entries(typed).map(([name, value]) => {
    if (value !== kept) return [name, value] as const;
    isSaved = true;
    return [name, saved[name] ?? ''] as const;
  });
  return { values: Object.fromEntries(values), isSaved };
}
