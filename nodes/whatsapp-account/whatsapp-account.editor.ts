import { check } from '../shared/check.editor.ts';
import { fillDefaults } from '../shared/defaults.editor.ts';
import {
  type Form,
  keepSavedChoice,
  openForm,
  saveNumbers,
  showNumbers,
} from '../shared/form.editor.ts';
import { randomPath } from '../shared/random-path.editor.ts';
import { accountKey, hoursUpTo, required, wholeNumber } from '../shared/rules.editor.ts';
import { sayFor } from '../shared/say.editor.ts';
import { textOf } from '../shared/text.editor.ts';
import {
  checkMapping,
  has,
  isSignedGeneric,
  webAddress,
  webhookPath,
} from './account-rules.editor.ts';
import { bindConnectionCheck } from './connection-check.editor.ts';
import { followProvider } from './hints.editor.ts';
import { keptOr } from './mapping-draft.editor.ts';
import { fillProof, type MappingForm, openMapping } from './mapping.editor.ts';
import { showWebhook } from './webhook-entries.editor.ts';

const say = sayFor('whatsapp-account');
const times = ['closeAfter', 'reopenWithin', 'quietAfter'] as const;
const minutes = check(say, wholeNumber(0, 10_000_000));

let mapping: MappingForm;

RED.nodes.registerType('whatsapp-account', {
  category: 'config',
  color: '#A9CDB8',
  icon: 'whatsapp-account.svg',
  paletteLabel: 'whatsapp account',
  // A whatsapp-in for every account names none.
  hasUsers: false,
  defaults: {
    version: { value: 1 },
    name: { value: '' },
    key: { value: '', validate: check(say, accountKey), label: say('label.key') },
    provider: { value: 'simulator' },
    accountId: {
      value: '',
      validate: check(say, required, has('meta', '360dialog', 'twilio', 'sinch')),
      label: say('label.accountId'),
    },
    number: { value: '' },
    path: { value: '', validate: checkPath, label: say('label.path') },
    publicUrl: { value: '', validate: check(say, webAddress), label: say('label.publicUrl') },
    apiUrl: { value: '', validate: check(say, webAddress), label: say('label.apiUrl') },
    apiVersion: { value: '' },
    closeAfter: { value: 1440, validate: minutes, label: say('label.closeAfter') },
    reopenWithin: { value: 0, validate: minutes, label: say('label.reopenWithin') },
    closeOnProvider: { value: false },
    quietAfter: {
      value: 24,
      validate: check(say, hoursUpTo(8760)),
      label: say('label.quietAfter'),
    },
    queue: { value: '', type: 'whatsapp-queue', required: false },
    store: { value: '', type: 'trigger-store', required: false },
    mapping: { value: '', validate: checkMapping, label: say('label.mapping') },
  },
  credentials: {
    appSecret: { type: 'password', validate: check(say, required, has('meta')) },
    appSecretPrevious: { type: 'password' },
    verifyToken: { type: 'password', validate: check(say, required, has('meta')) },
    accessToken: { type: 'password' },
    accountSid: { type: 'password' },
    authToken: { type: 'password', validate: check(say, required, has('twilio')) },
    apiKey: { type: 'password' },
    webhookSecret: { type: 'password', validate: check(say, required, needsWebhookSecret) },
    projectId: { type: 'password' },
    keyId: { type: 'password' },
    keySecret: { type: 'password' },
  },
  label() {
    return this.name || textOf(this['number']) || say('label.plain');
  },
  oneditprepare() {
    const path = $('#node-config-input-path').attr('placeholder', this.id);
    // The webhook of an account that is there already stays where its provider looks for it.
    if (!RED.nodes.node(this.id)) path.val(randomPath());
    showNumbers(this, times);
    fillProof(this['mapping']);
    const form = openForm(this);
    const saved = textOf(this['provider']);
    keepSavedChoice(form, 'provider', saved, say('choice.unknown', { value: saved }));
    followProvider(form, say);
    showWebhook(this, form, say);
    openApiPart(form);
    mapping = openMapping(this['mapping'], form, say);
    bindConnectionCheck(this, form, say, () => mapping.read());
  },
  oneditsave() {
    saveNumbers(this, times);
    const isGeneric = $('#node-config-input-provider').val() === 'generic';
    if (isGeneric) this['mapping'] = keptOr(this['mapping'], mapping.read());
  },
});

fillDefaults('whatsapp-account');

function checkPath(this: EditorNode, value: unknown, options: object): true | string {
  return check(say, webhookPath(this)).call(this, value, options);
}

function needsWebhookSecret(node: EditorNode): boolean {
  return has('sinch')(node) || isSignedGeneric(node);
}

/** Seldom needed, except where an account lives in one of several regions. */
function openApiPart(form: Form): void {
  const part = document.getElementById('whatsapp-account-api') as HTMLDetailsElement | null;
  form.follow(['provider'], () => {
    const isSet = ['apiUrl', 'apiVersion'].some((property) => form.value(property) !== '');
    if (part) part.open = isSet || form.value('provider') === 'sinch';
  });
}
