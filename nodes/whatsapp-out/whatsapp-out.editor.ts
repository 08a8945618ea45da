import { check, checkEach } from '../shared/check.editor.ts';
import { fillDefaults } from '../shared/defaults.editor.ts';
import { currentValue, openForm } from '../shared/form.editor.ts';
import { configName, labelStyle } from '../shared/labels.editor.ts';
import { type Lines, makeLines } from '../shared/lines.editor.ts';
import { all, optional, required, type Rule } from '../shared/rules.editor.ts';
import { sayFor } from '../shared/say.editor.ts';
import { jsonTemplate, mediaUrlTemplate, template } from '../shared/template-rules.editor.ts';
import { textOf } from '../shared/text.editor.ts';
import { previewOut } from './out-preview.editor.ts';

const say = sayFor('whatsapp-out');
const filledTemplate: Rule = all(required, template);
let parameters: Lines;

RED.nodes.registerType('whatsapp-out', {
  category: 'whatsapp triggers',
  color: '#A9CDB8',
  icon: 'whatsapp-out.svg',
  align: 'right',
  paletteLabel: 'whatsapp out',
  inputs: 1,
  outputs: 1,
  defaults: {
    version: { value: 1 },
    name: { value: '' },
    account: { value: '', type: 'whatsapp-account', required: false },
    to: { value: '', validate: check(say, template), label: say('label.to') },
    messageType: { value: 'text' },
    text: { value: '', validate: checkText, label: say('label.text') },
    template: {
      value: '',
      validate: check(say, filledTemplate, sends('template')),
      label: say('label.template'),
    },
    language: {
      value: 'en',
      validate: check(say, template, sends('template')),
      label: say('label.language'),
    },
    parameters: {
      value: [],
      validate: checkEach(say, template, sends('template')),
      label: say('label.parameters'),
    },
    mediaUrl: {
      value: '',
      validate: check(say, all(required, mediaUrlTemplate), sends('media')),
      label: say('label.mediaUrl'),
    },
    caption: {
      value: '',
      validate: check(say, template, sends('media')),
      label: say('label.caption'),
    },
  },
  label() {
    return this.name || said(this) || configName(this['account']) || 'whatsapp out';
  },
  labelStyle,
  oneditprepare() {
    const form = openForm(this);
    parameters = makeLines({
      list: 'whatsapp-out-parameters',
      label: say('label.parameters'),
      addLabel: say('rows.parameter'),
      say,
      column: {
        label: say('column.parameter'),
        rule: template,
        placeholder: '{{calleridname}}',
        variables: true,
      },
      entries: this['parameters'],
    });
    previewOut(this, form, () => ({ parameters: parameters.read() }));
  },
  oneditsave() {
    this['parameters'] = parameters.read();
  },
});

fillDefaults('whatsapp-out');

function sends(type: string): (node: EditorNode) => boolean {
  return (node) => currentValue(node, 'messageType') === type;
}

/** The same control holds the text, and the provider's own JSON. */
function checkText(this: EditorNode, value: unknown, options: object): true | string {
  const asText = check(say, filledTemplate, sends('text')).call(this, value, options);
  if (asText !== true) return asText;
  return check(say, optional(jsonTemplate), sends('raw')).call(this, value, options);
}

/** The beginning of what it sends. */
function said(node: EditorNode): string {
  switch (node['messageType']) {
    case 'text':
      return shortened(textOf(node['text']).trim().split('\n', 1)[0] ?? '');
    case 'template':
      return textOf(node['template']);
    default:
      return '';
  }
}

function shortened(text: string): string {
  return text.length > 30 ? `${text.slice(0, 29).replace(/[\ud800-\udbff]$/, '')}…` : text;
}
