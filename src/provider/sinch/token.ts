import { bodyOf } from '../api-answer.ts';
import { basic } from '../base64.ts';
import { filled, number } from '../read.ts';
import type { SendingAccount, TokenExchange } from '../sender.ts';

/** OAuth 2.0 client credentials: the access key of a project for a token of an hour. */
export const token: TokenExchange = {
  request(account) {
    const { keyId, keySecret } = account.secrets;
    return {
      method: 'POST',
      url: `${authority(account)}/oauth2/token`,
      headers: {
        Authorization: basic(keyId, keySecret),
        'Content-Type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials',
    };
  },
  read(answer) {
    const body = bodyOf(answer);
    const code = String(answer.status);
    const access = filled(body['access_token']);
    if (answer.status === 200 && access !== undefined) {
      return { token: access, expiresIn: number(body['expires_in']) ?? 3600 };
    }
    if (answer.status === 429 || answer.status >= 500) {
      return { remedy: 'retry', code, text: 'Sinch gives no access token at the moment.' };
    }
    const refused = [400, 401, 403].includes(answer.status);
    const text = refused
      ? 'Sinch refused the access key: check its ID and its secret.'
      : `Sinch answered ${code} to the request for an access token.`;
    return { remedy: 'account', code, text };
  },
};

/** Whoever stands between us and Sinch stands before its tokens as well. */
function authority({ apiUrl }: SendingAccount): string {
  const own = 'https://auth.sinch.com';
  const url = URL.parse(apiUrl || own);
  return !url || /(^|\.)sinch\.com$/.test(url.hostname) ? own : url.origin;
}
