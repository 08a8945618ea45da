import { defaultLogSettings } from '../../src/trace/log-settings.ts';
import { check } from '../shared/check.editor.ts';
import { fillDefaults } from '../shared/defaults.editor.ts';
import { currentValue, keepSavedChoice, openForm, saveNumbers } from '../shared/form.editor.ts';
import { wholeNumber } from '../shared/rules.editor.ts';
import { sayFor } from '../shared/say.editor.ts';
import { textOf } from '../shared/text.editor.ts';

const say = sayFor('trigger-store');

RED.nodes.registerType('trigger-store', {
  category: 'config',
  color: '#A9CDB8',
  icon: 'trigger-store.svg',
  paletteLabel: 'trigger store',
  defaults: {
    version: { value: 1 },
    name: { value: '' },
    engine: { value: 'embedded' },
    file: { value: '' },
    retentionDays: {
      value: 30,
      validate: check(say, wholeNumber(1, 3650)),
      label: say('label.retentionDays'),
    },
    log: { value: defaultLogSettings.log },
    logDays: {
      value: defaultLogSettings.logDays,
      validate: check(say, wholeNumber(1, 3650), isLogged),
      label: say('label.logDays'),
    },
    logMask: { value: [] },
    logSample: {
      value: defaultLogSettings.logSample,
      validate: check(say, wholeNumber(1, 100_000), isLogged),
      label: say('label.logSample'),
    },
  },
  credentials: { url: { type: 'password' } },
  label() {
    return this.name || textOf(this['file']) || say('label.plain');
  },
  oneditprepare() {
    const form = openForm(this);
    const saved = textOf(this['engine']);
    keepSavedChoice(form, 'engine', saved, say('choice.unknown', { value: saved }));
    const masks: unknown = this['logMask'];
    for (const box of maskBoxes()) box.checked = Array.isArray(masks) && masks.includes(box.value);
  },
  oneditsave() {
    saveNumbers(this, ['retentionDays', 'logDays', 'logSample']);
    this['logMask'] = maskBoxes()
      .filter((box) => box.checked)
      .map((box) => box.value);
  },
});

fillDefaults('trigger-store');

function isLogged(node: EditorNode): boolean {
  return currentValue(node, 'log') !== 'off';
}

function maskBoxes(): HTMLInputElement[] {
  return $('#trigger-store-masks input').toArray() as HTMLInputElement[];
}
