import * as v from 'valibot';
import { TriggerError } from '../../src/errors.ts';
import { standardVariableNames } from '../../src/event/standard-variables.ts';
import { isVariableName } from '../../src/event/variable-name.ts';
import { choice, list, readConfig, words } from '../shared/schema.ts';

const schema = v.object({
  action: choice(['close', 'assign', 'variables'], 'close'),
  agent: words(),
  variables: list(v.object({ name: words(), value: words() })),
  reason: words(),
});

export type InteractionConfig = v.InferOutput<typeof schema>;

const standard: ReadonlySet<string> = new Set(standardVariableNames);

/** The properties of an interaction node; of what its action needs, a wrong one is E_CONFIG. */
export function readInteraction(saved: unknown): InteractionConfig {
  const config = readConfig(schema, saved);
  const wrong = (reason: string): never => {
    throw new TriggerError('E_CONFIG', reason);
  };
  if (config.action === 'assign' && config.agent.trim() === '') {
    wrong('There is no agent to assign the interaction to.');
  }
  if (config.action !== 'variables') return config;
  if (config.variables.length === 0) wrong('There is no variable to set.');
  for (const { name } of config.variables) {
    if (!isVariableName(name)) wrong(`"${name}" is no name of a variable.`);
    if (standard.has(name)) {
      wrong(`"${name}" is a standard variable: each event says it anew, so it cannot be set.`);
    }
  }
  return config;
}
