import { meta as provider } from '../../src/provider/meta/meta.ts';
import {
  type Parsed,
  type ProviderFact,
  type Secrets,
  secretNames,
  type WebhookRequest,
} from '../../src/provider/provider.ts';
import * as meta from '../fixtures/meta.ts';

/** An account's secrets, all of them empty but those given. */
export function secretsWith(some: Partial<Secrets> = {}): Secrets {
  const none = Object.fromEntries(secretNames.map((name) => [name, ''])) as Record<string, string>;
  return { ...(none as unknown as Secrets), ...some };
}

/** A POST of a body, signed as Meta does it. */
export function metaPost(body: Buffer, more: Partial<WebhookRequest> = {}): WebhookRequest {
  const now = Date.UTC(2026, 10, 22, 10);
  return { method: 'POST', url: '/whatsapp/x', headers: meta.headers(body), body, now, ...more };
}

export function parseMeta(body: Buffer): Parsed {
  return provider.parse(metaPost(body), {});
}

/** The facts of one change, which must be readable. */
export function factsOf(...changes: readonly meta.Part[]): readonly ProviderFact[] {
  const { facts, problems } = parseMeta(meta.webhook(changes));
  if (problems.length > 0) throw new Error(problems.map(({ reason }) => reason).join('; '));
  return facts;
}
