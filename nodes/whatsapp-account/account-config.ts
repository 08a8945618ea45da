import * as v from 'valibot';
import { TriggerError } from '../../src/errors.ts';
import { readMapping } from '../../src/provider/generic/read-mapping.ts';
import type { Mapping } from '../../src/provider/mapping.ts';
import { providers } from '../../src/provider/registry.ts';
import { choice, flag, hours, readConfig, whole, words } from '../shared/schema.ts';

const trimmed = () =>
  v.pipe(
    words(),
    v.transform((text) => text.trim()),
  );

const schema = v.object({
  name: words(),
  key: words(),
  provider: choice([...providers.keys()], 'simulator'),
  accountId: trimmed(),
  number: words(),
  path: words(),
  publicUrl: trimmed(),
  apiUrl: trimmed(),
  apiVersion: trimmed(),
  closeAfter: whole(1440, 0, 10_000_000),
  reopenWithin: whole(0, 0, 10_000_000),
  closeOnProvider: flag(false),
  quietAfter: hours(24),
  queue: words(),
  store: words(),
  mapping: v.optional(v.unknown()),
});

export interface AccountConfig extends Omit<v.InferOutput<typeof schema>, 'mapping'> {
  /** Only a generic provider has one. */
  readonly mapping?: Mapping;
}

/** What the provider's id of our number is called; where there is none, requests need not name it. */
const idNames: Readonly<Record<string, string>> = {
  meta: 'phone number id',
  '360dialog': 'phone number id',
  twilio: 'sender',
  sinch: 'app id',
};

/**
 * The properties of a whatsapp-account node; a wrong one is E_CONFIG with the reason. Without a path
 * the webhook's is the node's id.
 */
export function readAccount(id: string, saved: unknown): AccountConfig {
  const { mapping, ...config } = readConfig(schema, saved);
  const { provider } = config;
  if (!/^[A-Za-z0-9]{0,5}$/.test(config.key)) wrong('The key may have five letters or digits.');
  const path = config.path || id;
  if (!/^[\w.~-]{1,128}$/.test(path) || /^\.+$/.test(path)) {
    wrong('The webhook path is one segment of letters, digits and the signs . _ ~ - in it.');
  }
  const publicUrl = webAddress(config.publicUrl, 'public URL');
  const apiUrl = webAddress(config.apiUrl, 'API URL').replace(/\/+$/, '');
  if (!/^[\w.-]*$/.test(config.apiVersion)) wrong('The API version is one such as v26.0.');
  const accountId = accountIdOf(provider, config.accountId, id);
  const read = { ...config, accountId, path, publicUrl, apiUrl };
  return provider === 'generic' ? { ...read, mapping: mappingOf(mapping) } : read;
}

function accountIdOf(provider: string, accountId: string, id: string): string {
  if (provider === 'simulator') return accountId || id;
  if (accountId === '' && idNames[provider]) wrong(`The ${idNames[provider]} is missing.`);
  if (accountId === '') return '';
  return providers.get(provider)?.accountIdOf?.(accountId) ?? accountId;
}

function mappingOf(saved: unknown): Mapping {
  const mapping = readMapping(saved);
  return typeof mapping === 'string' ? wrong(mapping) : mapping;
}

/** A user name in it would be a secret that is saved with the flow. */
function webAddress(text: string, name: string): string {
  if (text === '') return '';
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    wrong(`The ${name} is a whole http or https address, without a user name.`);
  }
  return text;
}

function wrong(reason: string): never {
  throw new TriggerError('E_CONFIG', reason);
}
