import type { NodeAPI } from 'node-red';
import { type DeclaredVariable, houseOf } from '../house.ts';

/**
 * What a trigger-variables node declares, or for "" what all of them do; undefined when the node does
 * not exist or was refused.
 */
export function declaredVariables(
  RED: NodeAPI,
  id: string,
): readonly DeclaredVariable[] | undefined {
  return id === '' ? [...everyDeclared(RED)] : houseOf(RED).variables.get(id);
}

export function* everyDeclared(RED: NodeAPI): Generator<DeclaredVariable, void> {
  for (const declared of houseOf(RED).variables.values()) yield* declared;
}

/** The variables whose values are shown and written down nowhere, whichever node declares them. */
export function sensitiveNames(RED: NodeAPI): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { name, sensitive } of everyDeclared(RED)) if (sensitive) names.add(name);
  return names;
}
