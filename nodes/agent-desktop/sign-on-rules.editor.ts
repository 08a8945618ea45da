import type { Rule } from '../shared/rules.editor.ts';
import { textOf } from '../shared/text.editor.ts';
import { isProxyHeader } from './proxy-header.ts';

/** The key that tokens are verified with. What belongs to the issuer alone must not get into a flow. */
export const publicKey: Rule = (value) => {
  const pem = textOf(value);
  if (pem.includes('PRIVATE KEY')) return { key: 'reason.privateKey' };
  const right = /-----BEGIN [A-Z ]+-----[\s\S]+-----END [A-Z ]+-----/.test(pem);
  return right ? undefined : { key: 'reason.publicKey' };
};

export const proxyHeader: Rule = (value) =>
  isProxyHeader(textOf(value).trim()) ? undefined : { key: 'reason.proxyHeader' };
