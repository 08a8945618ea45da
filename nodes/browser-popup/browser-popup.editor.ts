import { checkAgents, makeAgents } from '../shared/audience.editor.ts';
import { check } from '../shared/check.editor.ts';
import { createCodeEditors } from '../shared/code.editor.ts';
import { addCodePicker } from '../shared/variables/code-variables.editor.ts';
import { currentValue, openForm, saveNumbers } from '../shared/form.editor.ts';
import { formValues } from '../shared/preview/form-values.editor.ts';
import { configName, labelStyle } from '../shared/labels.editor.ts';
import type { Lines } from '../shared/lines.editor.ts';
import { fillDefaults } from '../shared/defaults.editor.ts';
import { followPort } from '../shared/port.editor.ts';
import { all, required, wholeNumber } from '../shared/rules.editor.ts';
import { template } from '../shared/template-rules.editor.ts';
import { loadSamples } from '../shared/preview/samples.editor.ts';
import { sayFor } from '../shared/say.editor.ts';
import { textOf } from '../shared/text.editor.ts';
import { connectedAccount } from '../shared/preview/upstream.editor.ts';
import { type OpenPopup, previewPopup } from './popup-form.editor.ts';

const say = sayFor('browser-popup');
const code = createCodeEditors();
const contentId = 'browser-popup-content';
/** For a node out of the palette, to show something at once. */
const firstContent = { title: '{{calleridname}}', content: '<p>{{text}}</p>' };
const checkContent = check(say, all(required, template), hasOwnContent);
let agents: Lines;
let preview: OpenPopup | undefined;

RED.nodes.registerType('browser-popup', {
  category: 'whatsapp triggers',
  color: '#A9CDB8',
  icon: 'browser-popup.svg',
  paletteLabel: 'browser popup',
  inputs: 1,
  outputs: 2,
  defaults: {
    version: { value: 2 },
    name: { value: '' },
    desktop: { value: '', type: 'agent-desktop', required: true, label: say('label.desktop') },
    template: { value: '', type: 'popup-template', required: false },
    title: { value: '', validate: check(say, template), label: say('label.title') },
    content: { value: '', validate: checkContent, label: say('label.content') },
    target: { value: 'event' },
    agents: { value: [], validate: checkAgents(say), label: say('label.agents') },
    repeat: { value: 'once' },
    ttl: { value: 120, validate: check(say, wholeNumber(1, 86400)), label: say('label.ttl') },
    receipts: { value: false },
    outputs: { value: 1 },
  },
  label() {
    const title = textOf(this['title']).replaceAll(/\{\{.*?\}\}/g, '…');
    const says = title.replaceAll('…', '').trim() === '' ? '' : title;
    return this.name || configName(this['template']) || says || 'browser popup';
  },
  labelStyle,
  outputLabels(port) {
    return say(port === 0 ? 'port.messages' : 'port.receipts');
  },
  onadd() {
    if (!RED.nodes.node(this.id)) Object.assign(this, firstContent);
  },
  oneditprepare() {
    const form = openForm(this);
    followPort(form, 'receipts');
    agents = makeAgents(this, 'browser-popup-agents', say);
    const showReason = () => {
      const answer = checkContent.call(this, code.value(contentId), {});
      $(`#${contentId}-reason`).text(answer === true ? '' : answer);
    };
    code.open(contentId, 'html', textOf(this['content']), () => {
      showReason();
      preview?.update();
    });
    showReason();
    addCodePicker(contentId, code);
    preview = previewPopup({
      node: this,
      form,
      samples: loadSamples(connectedAccount(this)),
      code,
      content: contentId,
      place: 'browser-popup-preview',
      config: () => ({
        ...formValues(this, form),
        content: code.value(contentId),
        template: templateOf(form.value('template')),
      }),
    });
  },
  oneditsave() {
    this['content'] = code.value(contentId);
    this['agents'] = agents.read();
    saveNumbers(this, ['ttl']);
    preview?.close();
  },
  oneditcancel() {
    preview?.close();
  },
  oneditdelete() {
    preview?.deleted(this);
  },
});

fillDefaults('browser-popup');

/** As it is in the editor: it may not be deployed yet. */
function templateOf(id: string): object | undefined {
  const node = RED.nodes.node(id);
  return node ? { title: textOf(node['title']), content: textOf(node['content']) } : undefined;
}

function hasOwnContent(node: EditorNode): boolean {
  return !currentValue(node, 'template');
}
