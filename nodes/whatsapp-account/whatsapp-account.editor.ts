import { addCopyButton, nodeAddress } from '../shared/address.editor.ts';
import { check } from '../shared/check.editor.ts';
import { fillDefaults } from '../shared/defaults.editor.ts';
import {
  currentValue,
  type Form,
  keepSavedChoice,
  openForm,
  saveNumbers,
} from '../shared/form.editor.ts';
import { accountKey, pathSegment, required, wholeNumber } from '../shared/rules.editor.ts';
import { sayFor } from '../shared/say.editor.ts';
import { textOf } from '../shared/text.editor.ts';

const say = sayFor('whatsapp-account');

RED.nodes.registerType('whatsapp-account', {
  category: 'config',
  color: '#A9CDB8',
  icon: 'whatsapp-account.svg',
  paletteLabel: 'whatsapp account',
  defaults: {
    name: { value: '' },
    key: { value: '', validate: check(say, accountKey), label: say('label.key') },
    provider: { value: 'simulator' },
    accountId: { value: '', validate: check(say, required, isMeta), label: say('label.accountId') },
    number: { value: '' },
    path: { value: '', validate: check(say, pathSegment), label: say('label.path') },
    publicUrl: { value: '' },
    apiUrl: { value: '' },
    apiVersion: { value: '' },
    closeAfter: {
      value: 1440,
      validate: check(say, wholeNumber(0, 10_000_000)),
      label: say('label.closeAfter'),
    },
    reopenWithin: { value: 0 },
    queue: { value: '', type: 'whatsapp-queue', required: false },
    store: { value: '', type: 'trigger-store', required: false },
    mapping: { value: '' },
  },
  credentials: {
    appSecret: { type: 'password', validate: check(say, required, isMeta) },
    appSecretPrevious: { type: 'password' },
    verifyToken: { type: 'password', validate: check(say, required, isMeta) },
    accessToken: { type: 'password' },
    accountSid: { type: 'password' },
    authToken: { type: 'password' },
    apiKey: { type: 'password' },
    webhookSecret: { type: 'password' },
    projectId: { type: 'password' },
    keyId: { type: 'password' },
    keySecret: { type: 'password' },
  },
  label() {
    return this.name || textOf(this['number']) || say('label.plain');
  },
  oneditprepare() {
    if (!this['path']) $('#node-config-input-path').val(randomPath());
    const form = openForm(this);
    const saved = textOf(this['provider']);
    keepSavedChoice(form, 'provider', saved, say('choice.unknown', { value: saved }));
    showWebhook(form);
  },
  oneditsave() {
    saveNumbers(this, ['closeAfter']);
  },
});

fillDefaults('whatsapp-account');

function isMeta(node: EditorNode): boolean {
  return currentValue(node, 'provider') === 'meta';
}

/** 128 bits that nobody guesses. */
function randomPath(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function showWebhook(form: Form): void {
  const address = $('#whatsapp-account-webhook');
  addCopyButton(address, say('label.copy'));
  form.follow(['path', 'publicUrl'], () => {
    const path = encodeURIComponent(form.value('path').trim());
    address.text(form.value('publicUrl').trim() || nodeAddress(`whatsapp/${path}`));
  });
}
