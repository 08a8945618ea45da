import type { Form } from '../shared/form.editor.ts';
import type { Say } from '../shared/say.editor.ts';

/** What differs by provider in the words around a control: which hints the catalogue has. */
const hinted: Readonly<Record<string, readonly string[]>> = {
  provider: ['simulator', 'generic'],
  accountId: ['meta', '360dialog', 'twilio', 'sinch', 'kaleyra', 'generic'],
  publicUrl: ['twilio'],
  webhook: ['meta', '360dialog', 'twilio', 'sinch', 'kaleyra'],
  appSecret: ['meta'],
  appSecretPrevious: ['meta'],
  webhookSecret: ['360dialog', 'sinch', 'kaleyra'],
  authToken: ['twilio'],
  keySecret: ['sinch'],
  accessToken: ['meta'],
  apiKey: ['360dialog', 'kaleyra'],
  apiUrl: ['sinch', 'kaleyra'],
};

const labelled: Readonly<Record<string, readonly string[]>> = {
  accountId: ['meta', '360dialog', 'twilio', 'sinch', 'kaleyra'],
  accountSid: ['kaleyra'],
};

const placeholders: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  accountId: {
    meta: '106540352242922',
    '360dialog': '106540352242922',
    twilio: 'whatsapp:+39021234567',
    sinch: '01HXYZ…',
    kaleyra: '39021234567',
  },
  apiUrl: {
    meta: 'https://graph.facebook.com',
    '360dialog': 'https://waba-v2.360dialog.io',
    twilio: 'https://api.twilio.com',
    sinch: 'https://us.conversation.api.sinch.com',
    kaleyra: 'https://api.kaleyra.io',
  },
};

/** Keeps labels, notes and placeholders those of the chosen provider. */
export function followProvider(form: Form, say: Say): void {
  form.follow(['provider'], () => {
    const provider = form.value('provider');
    for (const label of form.root.querySelectorAll<HTMLElement>('[data-label]')) {
      const name = label.dataset['label'] ?? '';
      const isOwn = labelled[name]?.includes(provider);
      label.textContent = say(isOwn ? `labelOf.${name}.${provider}` : `label.${name}`);
    }
    for (const note of form.root.querySelectorAll<HTMLElement>('[data-hint]')) {
      const name = note.dataset['hint'] ?? '';
      note.hidden = !hinted[name]?.includes(provider);
      if (!note.hidden) note.innerHTML = say(`hint.${name}.${provider}`);
    }
    for (const [property, words] of Object.entries(placeholders)) {
      form.control(property).setAttribute('placeholder', words[provider] ?? '');
    }
  });
}
