import type { WhatsAppEvent } from '../../src/event/event.ts';
import { standardVariables } from '../../src/event/standard-variables.ts';
import type { DeclaredVariable } from '../shared/house.ts';

/**
 * A message's variables with what was not set in them: the standard ones of its event and the declared
 * defaults. A declared variable without a default stays unset.
 */
export function fillVariables(
  variables: unknown,
  event: WhatsAppEvent | undefined,
  declared: readonly DeclaredVariable[],
): Readonly<Record<string, unknown>> {
  const set = isRecord(variables) ? Object.entries(variables) : [];
  const defaults = declared.map((variable) => [variable.name, variable.default] as const);
  return {
    ...(event && standardVariables(event)),
    ...Object.fromEntries(defaults.filter(([, value]) => value !== '')),
    ...Object.fromEntries(set.filter(([, value]) => value !== undefined && value !== null)),
  };
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
