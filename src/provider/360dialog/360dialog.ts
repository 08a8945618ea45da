import { isSignedWith } from '../meta/verify.ts';
import type { Crypto, Provider, Secrets, WebhookRequest } from '../provider.ts';
import { carriesSecret, guessable } from '../webhook-secret.ts';
import { parse } from './parse.ts';
import { sender } from './sender.ts';

/** 360dialog (docs.360dialog.com; 2026): the Cloud API of Meta, without Meta's signature. */
export const dialog360: Provider = {
  name: '360dialog',
  contentTypes: ['application/json'],
  refusal: guessable,
  handshake: () => undefined,
  verify,
  parse,
  acknowledgement: { status: 200, body: '' },
  sender,
};

/**
 * The secret is a header that the operator gave 360dialog for this webhook, or a partner's platform
 * secret, with which 360dialog signs. Without any, the path is the secret: `refusal` has seen to that.
 */
function verify(request: WebhookRequest, secrets: Secrets, crypto: Crypto): boolean {
  const { webhookSecret } = secrets;
  if (webhookSecret === '') return guessable(secrets, lastSegment(request.url)) === undefined;
  const signature = (request.headers['x-360dialog-signature'] ?? '').replace(/^sha256=/i, '');
  return (
    isSignedWith(webhookSecret, signature, request.body, crypto) ||
    carriesSecret(request, webhookSecret, crypto)
  );
}

function lastSegment(url: string): string {
  return url.replace(/[?#].*$/s, '').replace(/^.*\//s, '');
}
