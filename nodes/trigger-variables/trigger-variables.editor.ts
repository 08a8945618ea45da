import { standardVariableNames } from '../../src/event/standard-variables.ts';
import { numberOf } from '../../src/condition/text.ts';
import { checkEach, withLabel } from '../shared/check.editor.ts';
import { fillDefaults } from '../shared/defaults.editor.ts';
import { openForm } from '../shared/form.editor.ts';
import type { Rows } from '../shared/rows.editor.ts';
import { type Reason, type Rule, variableName } from '../shared/rules.editor.ts';
import { sayFor } from '../shared/say.editor.ts';
import { makeTable } from '../shared/table.editor.ts';
import { textOf } from '../shared/text.editor.ts';

const say = sayFor('trigger-variables');
let variables: Rows<object>;

const customName: Rule = (value) =>
  (standardVariableNames as readonly unknown[]).includes(value)
    ? { key: 'reason.standard' }
    : variableName(value);

interface Declared {
  readonly name?: unknown;
  readonly type?: unknown;
  readonly default?: unknown;
}

const checkDeclared = checkEach<Declared>(
  say,
  (variable) => customName(variable.name) ?? defaultFits(variable),
);

RED.nodes.registerType('trigger-variables', {
  category: 'config',
  color: '#A9CDB8',
  icon: 'trigger-variables.svg',
  paletteLabel: 'trigger variables',
  defaults: {
    version: { value: 1 },
    name: { value: '' },
    variables: { value: [], validate: checkVariables, label: say('label.variables') },
  },
  label() {
    return this.name || say('label.plain');
  },
  oneditprepare() {
    openForm(this);
    variables = makeTable({
      list: 'trigger-variables-list',
      label: say('label.variables'),
      addLabel: say('rows.variable'),
      say,
      columns: [
        { key: 'name', label: say('column.name'), placeholder: 'ORDERNUM', rule: customName },
        {
          key: 'type',
          label: say('column.type'),
          kind: 'select',
          options: types(),
          width: 'narrow',
        },
        { key: 'default', label: say('column.default') },
        { key: 'sample', label: say('column.sample') },
        { key: 'description', label: say('column.description'), width: 'wide' },
        { key: 'sensitive', label: say('column.sensitive'), kind: 'check' },
      ],
      blank: () => ({
        name: '',
        type: 'string',
        default: '',
        sample: '',
        description: '',
        sensitive: false,
      }),
      rows: this['variables'],
      check: (rows) => checkVariables.call(this, rows, {}),
    });
  },
  oneditsave() {
    this['variables'] = variables.read();
  },
});

fillDefaults('trigger-variables');

function checkVariables(this: EditorNode, value: unknown, options: object): true | string {
  const declared = Array.isArray(value) ? (value as readonly Declared[]) : [];
  const names = declared.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    return withLabel(say('reason.twice', { name: textOf(twice) }), options);
  }
  return checkDeclared.call(this, value, options);
}

/** An empty default is none. */
function defaultFits({ type, default: value }: Declared): Reason | undefined {
  const text = textOf(value);
  if (text === '') return undefined;
  if (type === 'number' && Number.isNaN(numberOf(text))) return { key: 'reason.number' };
  const isBoolean = text === 'true' || text === 'false';
  return type === 'boolean' && !isBoolean ? { key: 'reason.boolean' } : undefined;
}

function types() {
  return (['string', 'number', 'boolean'] as const).map((value) => ({
    value,
    label: say(`type.${value}`),
  }));
}
