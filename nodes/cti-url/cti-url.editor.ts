import { checkAgents, makeAgents } from '../shared/audience.editor.ts';
import { check } from '../shared/check.editor.ts';
import { openForm, saveNumbers } from '../shared/form.editor.ts';
import { labelStyle } from '../shared/labels.editor.ts';
import type { Lines } from '../shared/lines.editor.ts';
import { fillDefaults } from '../shared/defaults.editor.ts';
import { followPort } from '../shared/port.editor.ts';
import { optional, wholeNumber } from '../shared/rules.editor.ts';
import { template, urlTemplate } from '../shared/template-rules.editor.ts';
import { sayFor } from '../shared/say.editor.ts';
import { isFromEnvironment, textOf } from '../shared/text.editor.ts';
import { previewCti } from './cti-preview.editor.ts';

const say = sayFor('cti-url');
const eventVariablesId = '#cti-url-event-variables';
let agents: Lines;

RED.nodes.registerType('cti-url', {
  category: 'whatsapp triggers',
  color: '#A9CDB8',
  icon: 'cti-url.svg',
  paletteLabel: 'cti url',
  inputs: 1,
  outputs: 2,
  defaults: {
    version: { value: 2 },
    name: { value: '' },
    desktop: { value: '', type: 'agent-desktop', required: true, label: say('label.desktop') },
    url: { value: '', validate: check(say, urlTemplate), label: say('label.url') },
    eventVariables: { value: false },
    location: { value: 'tab' },
    tabTitle: { value: '', validate: check(say, template), label: say('label.tabTitle') },
    width: {
      value: 1024,
      validate: check(say, optional(wholeNumber(100, 10_000))),
      label: say('label.width'),
    },
    height: {
      value: 768,
      validate: check(say, optional(wholeNumber(100, 10_000))),
      label: say('label.height'),
    },
    target: { value: 'event' },
    agents: { value: [], validate: checkAgents(say), label: say('label.agents') },
    repeat: { value: 'once' },
    ttl: { value: 120, validate: check(say, wholeNumber(1, 86400)), label: say('label.ttl') },
    receipts: { value: false },
    outputs: { value: 1 },
  },
  label() {
    return this.name || URL.parse(textOf(this['url']))?.host || 'cti url';
  },
  labelStyle,
  outputLabels(port) {
    return say(port === 0 ? 'port.messages' : 'port.receipts');
  },
  oneditprepare() {
    showEventVariables(this['eventVariables']);
    const form = openForm(this);
    followPort(form, 'receipts');
    agents = makeAgents(this, 'cti-url-agents', say);
    previewCti(this, form, ownValues);
  },
  oneditsave() {
    Object.assign(this, ownValues());
    saveNumbers(this, ['width', 'height', 'ttl']);
  },
});

fillDefaults('cti-url');

function showEventVariables(saved: unknown): void {
  const choice = isFromEnvironment(saved) ? textOf(saved) : undefined;
  if (choice !== undefined) $(eventVariablesId).append(new Option(choice, choice));
  $(eventVariablesId).val(choice ?? (saved === true ? 'yes' : 'no'));
}

/** What the editor itself does not read out of the form. */
function ownValues(): object {
  const choice = $(eventVariablesId).val();
  const eventVariables = isFromEnvironment(choice) ? choice : choice === 'yes';
  return { eventVariables, agents: agents.read() };
}
