import type { WhatsAppEvent } from '../event/event.ts';
import { standardVariables } from '../event/standard-variables.ts';

/** As much of a declared variable as fills a message. */
export interface DeclaredDefault {
  readonly name: string;
  readonly default: string;
}

/**
 * A message's variables with what was not set in them: the standard ones of its event and the declared
 * defaults. A declared variable without a default stays unset.
 */
export function fillVariables(
  variables: unknown,
  event: WhatsAppEvent | undefined,
  declared: readonly DeclaredDefault[],
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
