import { type ListName, readRule, type SavedRule } from '../../src/condition/rule.ts';
import { fillDefaults } from '../shared/defaults.editor.ts';
import { labelStyle } from '../shared/labels.editor.ts';
import { textOf } from '../shared/text.editor.ts';
import { noteOf } from './finding-words.editor.ts';
import { ruleLabel } from './label.editor.ts';
import { lintForm } from './lint-form.editor.ts';
import { openRuleForm } from './rule-form.editor.ts';
import { accountName, say, words } from './speech.editor.ts';
import { knownHere } from './surroundings.editor.ts';

let rule: { save(): SavedRule };

RED.nodes.registerType('trigger-condition', {
  category: 'whatsapp triggers',
  color: '#A9CDB8',
  icon: 'trigger-condition.svg',
  paletteLabel: 'trigger condition',
  inputs: 1,
  outputs: 2,
  defaults: {
    version: { value: 1 },
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
    const saved = { all: this['all'], any: this['any'] };
    const sentence = () => ruleLabel(saved, accountName, words);
    return this.name || textOf(this['description']) || sentence() || 'trigger condition';
  },
  labelStyle,
  oneditprepare() {
    rule = openRuleForm(this);
  },
  oneditsave() {
    Object.assign(this, rule.save());
  },
});

fillDefaults('trigger-condition');

/** What keeps the runtime from asking a row. */
function checkList(name: ListName): EditorValidator {
  return function validate(value, _options) {
    const saved = readRule({ [name]: value });
    const faults = lintForm(saved, knownHere()).findings.filter(({ level }) => level === 'fault');
    const words = faults.map((fault) => {
      const { text } = noteOf(fault, saved);
      return say('reason.row', { row: fault.row + 1, reason: text });
    });
    return words.length === 0 ? true : words.join(' ');
  };
}
