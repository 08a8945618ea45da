import type { Node, NodeAPI, NodeDef } from 'node-red';
import * as v from 'valibot';
import { numberOf } from '../../src/condition/text.ts';
import { asTriggerError } from '../../src/errors.ts';
import { standardVariableNames } from '../../src/event/standard-variables.ts';
import { isVariableName } from '../../src/event/variable-name.ts';
import { type DeclaredVariable, houseOf } from '../shared/house.ts';
import { refuse } from '../shared/refuse.ts';
import { choice, flag, list, readConfig, words } from '../shared/schema.ts';

/** A trigger-variables node; without `variables` it was refused. */
export interface VariablesNode extends Node {
  variables?: readonly DeclaredVariable[];
}

const standardNames: ReadonlySet<string> = new Set(standardVariableNames);

const scalar = v.nullish(
  v.pipe(
    v.union([v.string(), v.number(), v.boolean()], 'must be text, a number or true or false'),
    v.transform(String),
  ),
  '',
);

const declaration = v.pipe(
  v.object(
    {
      name: v.pipe(
        words(),
        v.check(isVariableName, 'must be letters, digits and "_", with a letter in front'),
        v.check((name) => !standardNames.has(name), 'must not be the name of a standard variable'),
      ),
      type: choice(['string', 'number', 'boolean'], 'string'),
      default: scalar,
      sample: scalar,
      sensitive: flag(false),
      description: words(),
    },
    'must be a variable',
  ),
  v.check(fits, ({ input }) => `must have a default that is a ${input.type}`),
);

const schema = v.object({
  variables: v.pipe(
    list(declaration),
    v.check(
      (variables) => new Set(variables.map(({ name }) => name)).size === variables.length,
      'must not declare a variable twice',
    ),
  ),
});

export default function register(RED: NodeAPI): void {
  RED.nodes.registerType('trigger-variables', function (this: VariablesNode, saved: NodeDef) {
    RED.nodes.createNode(this, saved);
    try {
      declare(RED, this, readConfig(schema, saved).variables);
    } catch (error) {
      refuse(RED, this, asTriggerError(error, 'E_CONFIG'));
    }
  });
}

function declare(RED: NodeAPI, node: VariablesNode, declared: readonly DeclaredVariable[]): void {
  const { variables } = houseOf(RED);
  node.variables = declared;
  variables.set(node.id, declared);
  node.on('close', () => variables.delete(node.id));
}

/** An empty default is none. */
function fits(variable: DeclaredVariable): boolean {
  if (variable.default === '') return true;
  switch (variable.type) {
    case 'string':
      return true;
    case 'number':
      return !Number.isNaN(numberOf(variable.default));
    case 'boolean':
      return variable.default === 'true' || variable.default === 'false';
    default:
      return variable.type satisfies never;
  }
}
