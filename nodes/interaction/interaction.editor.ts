import { isVariableName } from '../../src/event/variable-name.ts';
import { standardVariableNames } from '../../src/event/standard-variables.ts';
import { agentRows } from '../shared/agents.editor.ts';
import { check, checkEach, withLabel } from '../shared/check.editor.ts';
import { fillDefaults } from '../shared/defaults.editor.ts';
import { currentValue, openForm } from '../shared/form.editor.ts';
import { helpWithVariables } from '../shared/variables/form-variables.editor.ts';
import { labelStyle } from '../shared/labels.editor.ts';
import { make } from '../shared/make.editor.ts';
import { all, required, type Rule, variableName } from '../shared/rules.editor.ts';
import { loadSamples } from '../shared/preview/samples.editor.ts';
import { sayFor } from '../shared/say.editor.ts';
import { makeTable } from '../shared/table.editor.ts';
import { template } from '../shared/template-rules.editor.ts';
import { textOf } from '../shared/text.editor.ts';
import { connectedAccount } from '../shared/preview/upstream.editor.ts';
import { knownVariables } from '../shared/variables/names.editor.ts';
import { titleOf } from './title.editor.ts';

const say = sayFor('interaction');
const standard: ReadonlySet<string> = new Set(standardVariableNames);

interface Variable {
  readonly name?: unknown;
  readonly value?: unknown;
}

/** Each event says the standard ones anew. */
const ownVariable: Rule = (value) =>
  standard.has(textOf(value)) ? { key: 'reason.standard' } : undefined;

const newVariable = all(variableName, ownVariable);

let variables: { read(): unknown[] };

RED.nodes.registerType('interaction', {
  category: 'whatsapp triggers',
  color: '#A9CDB8',
  icon: 'interaction.svg',
  paletteLabel: 'interaction',
  inputs: 1,
  outputs: 1,
  defaults: {
    version: { value: 1 },
    name: { value: '' },
    action: { value: 'close' },
    agent: {
      value: '',
      validate: check(say, all(required, template), does('assign')),
      label: say('label.agent'),
    },
    variables: { value: [], validate: checkVariables, label: say('label.variables') },
    reason: {
      value: '',
      validate: check(say, template, does('close')),
      label: say('label.reason'),
    },
  },
  label() {
    return this.name || titleOf(textOf(this['action']) || 'close', say);
  },
  labelStyle,
  oneditprepare() {
    const form = openForm(this);
    $('#interaction-agents').append(...agentNames().map((value) => make('option', { value })));
    variables = makeTable({
      list: 'interaction-variables',
      label: say('label.variables'),
      addLabel: say('rows.variable'),
      say,
      columns: [
        {
          key: 'name',
          label: say('column.name'),
          rule: newVariable,
          suggestions: knownVariables().filter(
            (name) => isVariableName(name) && !standard.has(name),
          ),
        },
        {
          key: 'value',
          label: say('column.value'),
          rule: template,
          variables: true,
          width: 'wide',
        },
      ],
      blank: () => ({ name: '', value: '' }),
      rows: this['variables'],
      check: (rows) => checkVariables.call(this, rows, {}),
    });
    helpWithVariables(form.root, loadSamples(connectedAccount(this)));
  },
  oneditsave() {
    this['variables'] = variables.read();
  },
});

fillDefaults('interaction');

function does(action: string): (node: EditorNode) => boolean {
  return (node) => currentValue(node, 'action') === action;
}

function checkVariables(this: EditorNode, value: unknown, options: object): true | string {
  if (!does('variables')(this)) return true;
  if (!Array.isArray(value) || value.length === 0) return withLabel(say('reason.none'), options);
  const each = checkEach<Variable>(say, ({ name, value }) => newVariable(name) ?? template(value));
  return each.call(this, value, options);
}

/** The agents of every desktop, to be offered while typing. */
function agentNames(): string[] {
  const names = new Set<string>();
  RED.nodes.eachConfig((node) => {
    if (node.type !== 'agent-desktop') return;
    for (const { username } of agentRows(node['agents'], '')) names.add(username);
  });
  return [...names];
}
