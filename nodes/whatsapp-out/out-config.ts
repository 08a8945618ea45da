import { TriggerError } from '../../src/errors.ts';
import { choice, list, readConfig, words } from '../shared/schema.ts';
import * as v from 'valibot';

const schema = v.object({
  account: words(),
  to: words(),
  messageType: choice(['text', 'template', 'media', 'raw'], 'text'),
  text: words(),
  template: words(),
  language: words(),
  parameters: list(words()),
  mediaUrl: words(),
  caption: words(),
});

/** The properties of a whatsapp-out node. */
export type OutConfig = v.InferOutput<typeof schema>;

/** Throws E_CONFIG for what can never be sent. */
export function readOut(saved: unknown): OutConfig {
  const config = readConfig(schema, saved);
  const needed = { text: 'text', template: 'template', media: 'mediaUrl', raw: undefined } as const;
  const property = needed[config.messageType];
  if (property !== undefined && config[property].trim() === '') {
    throw new TriggerError(
      'E_CONFIG',
      `Property "${property}" is empty: there is nothing to send.`,
    );
  }
  return config;
}
