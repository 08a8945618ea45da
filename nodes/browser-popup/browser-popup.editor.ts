import { checkAgents, makeAgents } from '../shared/audience.editor.ts';
import { check } from '../shared/check.editor.ts';
import { createCodeEditors } from '../shared/code.editor.ts';
import { currentValue, openForm, saveNumbers } from '../shared/form.editor.ts';
import { configName, labelStyle } from '../shared/labels.editor.ts';
import { fillReceipts, followReceipts, receiptDefaults } from '../shared/receipts.editor.ts';
import { all, required, wholeNumber } from '../shared/rules.editor.ts';
import { template } from '../shared/template-rules.editor.ts';
import { sayFor } from '../shared/say.editor.ts';
import { textOf } from '../shared/text.editor.ts';

const say = sayFor('browser-popup');
const code = createCodeEditors();
const contentId = 'browser-popup-content';
const checkContent = check(say, all(required, template), hasOwnContent);
let agents: { read(): string[] };

RED.nodes.registerType('browser-popup', {
  category: 'whatsapp triggers',
  color: '#A9CDB8',
  icon: 'browser-popup.svg',
  paletteLabel: 'browser popup',
  inputs: 1,
  outputs: 2,
  defaults: {
    name: { value: '' },
    desktop: { value: '', type: 'agent-desktop', required: true, label: say('label.desktop') },
    template: { value: '', type: 'popup-template', required: false },
    title: { value: '', validate: check(say, template), label: say('label.title') },
    content: { value: '', validate: checkContent, label: say('label.content') },
    target: { value: 'event' },
    agents: { value: [], validate: checkAgents(say), label: say('label.agents') },
    repeat: { value: 'once' },
    ttl: { value: 120, validate: check(say, wholeNumber(1, 86400)), label: say('label.ttl') },
    ...receiptDefaults,
  },
  label() {
    const title = textOf(this['title']).replaceAll(/\{\{.*?\}\}/g, '…');
    return this.name || configName(this['template']) || title || 'browser popup';
  },
  labelStyle,
  outputLabels(port) {
    return say(port === 0 ? 'port.messages' : 'port.receipts');
  },
  oneditprepare() {
    followReceipts(openForm(this));
    agents = makeAgents(this, 'browser-popup-agents', say);
    const showReason = () => {
      const answer = checkContent.call(this, code.value(contentId), {});
      $(`#${contentId}-reason`).text(answer === true ? '' : answer);
    };
    code.open(contentId, 'html', textOf(this['content']), showReason);
    showReason();
  },
  oneditsave() {
    this['content'] = code.value(contentId);
    this['agents'] = agents.read();
    saveNumbers(this, ['ttl']);
    code.close();
  },
  oneditcancel() {
    code.close();
  },
});

fillReceipts('browser-popup');

function hasOwnContent(node: EditorNode): boolean {
  return !currentValue(node, 'template');
}
