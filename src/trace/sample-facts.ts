import type { Finding } from '../condition/comparison.ts';
import { type DeclaredDefault, fillVariables } from '../condition/fill-variables.ts';
import { type Facts, pathOf } from '../condition/read.ts';
import type { Row } from '../condition/rule.ts';
import { tellsSensitive } from '../condition/sensitive.ts';
import type { Sample } from './log-types.ts';
import { hidden } from './mask.ts';

/** What a rule would have looked at when the event came. */
export function factsOfSample(sample: Sample, declared: readonly DeclaredDefault[]): Facts {
  const { event, msg, at } = sample;
  const variables = fillVariables(sample.variables, event, declared);
  return { event, msg, variables, now: new Date(at) };
}

/**
 * Whether a row can be judged by a sample: the log keeps no sensitive variable, nothing that its
 * settings hide, and not every property of a message.
 */
export function isKept(
  row: Row,
  { actual }: Finding,
  { msg }: Sample,
  sensitive: ReadonlySet<string>,
): boolean {
  if (tellsSensitive(row, sensitive) || actual?.includes(hidden)) return false;
  const [root = ''] = row.field === 'msg' ? (pathOf(row.path ?? '') ?? []) : [];
  return root === '' || Object.hasOwn(msg, root);
}
