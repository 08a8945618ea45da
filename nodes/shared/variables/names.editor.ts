import { standardVariableNames } from '../../../src/event/standard-variables.ts';
import { declaredVariables } from './declared.editor.ts';

/** Every variable one can name here: the standard ones, then those that any trigger-variables node declares. */
export function knownVariables(): readonly string[] {
  const declared = declaredVariables().map(({ name }) => name);
  return [...new Set<string>([...standardVariableNames, ...declared])];
}
