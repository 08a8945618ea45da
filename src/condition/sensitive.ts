import { pathOf } from './read.ts';
import type { Row } from './rule.ts';

/** Where an event keeps variables, in a message. */
const inEvent = ['payload', 'interaction', 'variables'];

/**
 * Whether what a row looks at may hold the value of a sensitive variable: a path may lead to one as
 * well, or to what holds all of them.
 */
export function tellsSensitive(
  { field, name = '', path = '' }: Pick<Row, 'field' | 'name' | 'path'>,
  sensitive: ReadonlySet<string>,
): boolean {
  if (field === 'variable') return sensitive.has(name);
  if (field !== 'msg' || sensitive.size === 0) return false;
  const segments = pathOf(path) ?? [];
  const at = segments.indexOf('variables');
  if (at < 0) return segments.every((segment, index) => segment === inEvent[index]);
  const variable = segments[at + 1];
  return variable === undefined || sensitive.has(variable);
}
