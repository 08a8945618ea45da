import { fields } from '../../src/condition/field.ts';
import type { Known } from '../../src/condition/finding.ts';
import { standardVariableNames } from '../../src/event/standard-variables.ts';
import type { Account } from '../../src/event/event.ts';
import {
  type Declared,
  declaredVariables,
  variablesSet,
} from '../shared/variables/declared.editor.ts';
import { agentsOf } from '../shared/desktop-agents.editor.ts';
import { configChoices, configName } from '../shared/labels.editor.ts';
import { make } from '../shared/make.editor.ts';
import { textOf } from '../shared/text.editor.ts';
import { knownVariables } from '../shared/variables/names.editor.ts';

/** What there is in the editor, deployed or not, that a rule may name. */
export function knownHere(): Known {
  return {
    accounts: accountsHere().map(({ id, name, key }) => [id, name, key]),
    queues: queueNames(),
    agents: agentNames(),
    variables: variableNames(),
  };
}

export function accountsHere(): readonly Account[] {
  return configChoices('whatsapp-account').map(({ value: id }) => {
    const node = RED.nodes.node(id);
    return {
      id,
      name: configName(id),
      key: textOf(node?.['key']),
      provider: textOf(node?.['provider']),
      number: textOf(node?.['number']),
    };
  });
}

/** What a trigger-variables node declares, or for "" what all of them do. */
export function declaredBy(id: string): readonly Declared[] {
  return declaredVariables((node) => id === '' || node === id);
}

/** Whichever node declares them. */
export function sensitiveHere(): ReadonlySet<string> {
  const declared = declaredVariables().filter(({ sensitive }) => sensitive);
  return new Set(declared.map(({ name }) => name));
}

/** What is known to occur, offered while typing; answers the datalist of a field. */
export function addSuggestions(root: HTMLElement): (field: string) => string | undefined {
  const known: Readonly<Record<string, readonly string[]>> = {
    time: Intl.supportedValuesOf('timeZone'),
    names: knownVariables(),
    queue: queueNames(),
    agent: agentNames(),
    'message.type':
      fields['message.type'].kind === 'enumeration' ? fields['message.type'].values : [],
  };
  const id = (name: string) => `trigger-condition-known-${name.replace('.', '-')}`;
  for (const [name, values] of Object.entries(known)) {
    const options = values.map((value) => make('option', { value }));
    root.append(make('datalist', { id: id(name) }, ...options));
  }
  return (field) => (field in known ? id(field) : undefined);
}

/** Where none is declared, Function nodes may set any: nobody knows which there are. */
function variableNames(): readonly string[] {
  const declared = declaredVariables().map(({ name }) => name);
  const set = variablesSet().map(({ name }) => name);
  return declared.length === 0 ? [] : [...standardVariableNames, ...declared, ...set];
}

/** Events call a queue by its name. */
function queueNames(): readonly string[] {
  return configChoices('whatsapp-queue').map(({ label }) => label);
}

function agentNames(): readonly string[] {
  return configChoices('agent-desktop').flatMap(({ value }) => agentsOf(value));
}
