import { check } from '../shared/check.editor.ts';
import { fillDefaults } from '../shared/defaults.editor.ts';
import { keepSavedChoice, openForm, saveNumbers } from '../shared/form.editor.ts';
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
    name: { value: '' },
    engine: { value: 'embedded' },
    file: { value: '' },
    retentionDays: {
      value: 30,
      validate: check(say, wholeNumber(1, 3650)),
      label: say('label.retentionDays'),
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
  },
  oneditsave() {
    saveNumbers(this, ['retentionDays']);
  },
});

fillDefaults('trigger-store');
