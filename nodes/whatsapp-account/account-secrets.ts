import { randomBytes } from 'node:crypto';
import { secretNames, type Secrets } from '../../src/provider/provider.ts';
import { providers } from '../../src/provider/registry.ts';
import type { AccountConfig } from './account-config.ts';

export type Credentials = Partial<Secrets>;

/** Without the blanks that come along when one is copied. A simulator signs with one of its own. */
export function secretsOf(provider: string, credentials: Credentials): Secrets {
  const given = secretNames.map((name) => [name, (credentials[name] ?? '').trim()] as const);
  const secrets = Object.fromEntries(given) as Secrets;
  if (provider !== 'simulator' || secrets.appSecret !== '') return secrets;
  return { ...secrets, appSecret: randomBytes(32).toString('hex') };
}

/** Why the provider's adapter cannot serve the account; undefined = it can. */
export function refusalOf(config: AccountConfig, secrets: Secrets): string | undefined {
  const { provider, path, mapping } = config;
  return providers.get(provider)?.refusal(secrets, path, mapping ? { mapping } : {});
}
