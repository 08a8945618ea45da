import { check } from '../shared/check.editor.ts';
import { fillDefaults } from '../shared/defaults.editor.ts';
import { openForm, saveNumbers } from '../shared/form.editor.ts';
import { labelStyle } from '../shared/labels.editor.ts';
import { required, type Rule, secondsUpTo } from '../shared/rules.editor.ts';
import { sayFor } from '../shared/say.editor.ts';
import { textOf } from '../shared/text.editor.ts';
import { previewScript } from './script-preview.editor.ts';

const say = sayFor('script');

/** A message must not choose what is run: the runtime refuses such a path too. */
const scriptPath: Rule = (value) =>
  required(value) ?? (/\{\{|\}\}|\$\{/.test(textOf(value)) ? { key: 'reason.fixed' } : undefined);

RED.nodes.registerType('script', {
  category: 'whatsapp triggers',
  color: '#A9CDB8',
  icon: 'script.svg',
  paletteLabel: 'script',
  inputs: 1,
  outputs: 1,
  defaults: {
    version: { value: 1 },
    name: { value: '' },
    scriptType: { value: 'bash' },
    info: { value: '' },
    script: { value: '', validate: check(say, scriptPath), label: say('label.script') },
    timeout: { value: 30, validate: check(say, secondsUpTo(3600)), label: say('label.timeout') },
    onFailure: { value: 'error' },
  },
  label() {
    const file = textOf(this['script']).split(/[\\/]/).at(-1);
    return this.name || textOf(this['info']).split('\n', 1)[0] || file || 'script';
  },
  labelStyle,
  oneditprepare() {
    previewScript(this, openForm(this));
  },
  oneditsave() {
    saveNumbers(this, ['timeout']);
  },
});

fillDefaults('script');
