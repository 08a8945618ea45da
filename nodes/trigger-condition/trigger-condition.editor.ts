import { compile } from '../../src/condition/compile.ts';
import { fields } from '../../src/condition/field.ts';
import { compilePattern } from '../../src/condition/pattern.ts';
import { describeProblem } from '../../src/condition/problem.ts';
import type { ListName, Row } from '../../src/condition/rule.ts';
import { sentence } from '../../src/condition/sentence.ts';
import { agentsOf } from '../shared/desktop-agents.editor.ts';
import { fillDefaults } from '../shared/defaults.editor.ts';
import { openForm, type Form } from '../shared/form.editor.ts';
import { configChoices, configName, labelStyle } from '../shared/labels.editor.ts';
import { make } from '../shared/make.editor.ts';
import type { Rows } from '../shared/rows.editor.ts';
import { sayFor } from '../shared/say.editor.ts';
import { knownVariables } from '../shared/variable-names.editor.ts';
import { makeConditions } from './condition-list.editor.ts';
import { textOf } from '../shared/text.editor.ts';

const say = sayFor('trigger-condition');
let lists: Readonly<Record<ListName, Rows<Row>>>;

RED.nodes.registerType('trigger-condition', {
  category: 'whatsapp triggers',
  color: '#A9CDB8',
  icon: 'trigger-condition.svg',
  paletteLabel: 'trigger condition',
  inputs: 1,
  outputs: 2,
  defaults: {
    name: { value: '' },
    enabled: { value: true },
    description: { value: '' },
    variables: { value: '', type: 'trigger-variables', required: false },
    all: { value: [], validate: checkList('all'), label: say('label.all') },
    any: { value: [], validate: checkList('any'), label: say('label.any') },
  },
  outputLabels(port) {
    return say(port === 0 ? 'port.met' : 'port.notMet');
  },
  label() {
    return this.name || textOf(this['description']) || 'trigger condition';
  },
  labelStyle,
  oneditprepare() {
    const form = openForm(this);
    const context = {
      say,
      accounts: configChoices('whatsapp-account'),
      suggestions: addSuggestions(form.root),
      changed: () => showRule(form),
    };
    const around = {
      accounts: context.accounts.map(({ value }) => value),
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    };
    const list = (name: ListName) =>
      makeConditions({ ...context, name, saved: this[name], around });
    lists = { all: list('all'), any: list('any') };
    form.follow(['enabled'], () => showRule(form));
  },
  oneditsave() {
    this['all'] = lists.all.read();
    this['any'] = lists.any.read();
  },
});

fillDefaults('trigger-condition');

function checkList(name: ListName): EditorValidator {
  return function validate(value, _options) {
    const compiled = compile({ [name]: value }, compilePattern);
    return compiled.ok ? true : compiled.problems.map(describeProblem).join('; ');
  };
}

/** The rule in words, brought up to date with every key. */
function showRule(form: Form): void {
  const rule = { all: lists.all.read(), any: lists.any.read() };
  const isEmpty = rule.all.length === 0 && rule.any.length === 0;
  const isOn = form.checked('enabled');
  $('#trigger-condition-state').text(say(isOn ? 'enabled.on' : 'enabled.off'));
  $('#trigger-condition-always').prop('hidden', !isEmpty || !isOn);
  $('#trigger-condition-off').prop('hidden', isOn);
  $('#trigger-condition-sentence')
    .prop('hidden', isEmpty || !isOn)
    .text(sentence(rule, (id) => configName(id) || undefined));
}

/** What is known to occur, offered while typing; answers the datalist of a field. */
function addSuggestions(root: HTMLElement): (field: string) => string | undefined {
  const desktops = configChoices('agent-desktop');
  const known: Readonly<Record<string, readonly string[]>> = {
    time: Intl.supportedValuesOf('timeZone'),
    names: knownVariables(),
    queue: configChoices('whatsapp-queue').map(({ label }) => label),
    agent: desktops.flatMap(({ value }) => agentsOf(value)),
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
