import * as v from 'valibot';
import { TriggerError } from '../../src/errors.ts';
import { choice, readConfig, whole, words } from '../shared/schema.ts';
import { providers } from '../shared/webhook-route.ts';

const allProviders = [
  'simulator',
  'meta',
  '360dialog',
  'twilio',
  'sinch',
  'kaleyra',
  'generic',
] as const;

const schema = v.object({
  name: words(),
  key: words(),
  provider: choice(allProviders, 'simulator'),
  accountId: words(),
  number: words(),
  path: words(),
  closeAfter: whole(1440, 0, 10_000_000),
  reopenWithin: whole(0, 0, 10_000_000),
  queue: words(),
  store: words(),
});

export type AccountConfig = v.InferOutput<typeof schema>;

/**
 * The properties of a whatsapp-account node; a wrong one is E_CONFIG with the reason. Without a path
 * the webhook's is the node's id.
 */
export function readAccount(id: string, saved: unknown): AccountConfig {
  const config = readConfig(schema, saved);
  const wrong = (reason: string): never => {
    throw new TriggerError('E_CONFIG', reason);
  };
  if (!providers.has(config.provider)) wrong(`Provider "${config.provider}" is not available yet.`);
  if (!/^[A-Za-z0-9]{0,5}$/.test(config.key)) wrong('The key may have five letters or digits.');
  const accountId = config.accountId || (config.provider === 'simulator' ? id : '');
  if (accountId === '') wrong('The phone number id is missing.');
  const path = config.path || id;
  if (!/^[\w.~-]{1,128}$/.test(path) || /^\.+$/.test(path)) {
    wrong('The webhook path is one segment of letters, digits and the signs . _ ~ - in it.');
  }
  return { ...config, accountId, path };
}
