import { encodeUrl } from '../../template/encode.ts';
import type { Sender } from '../sender.ts';
import { base, build, recipientOf } from './build.ts';
import { readAnswer, readCheck } from './read-answer.ts';
import { token } from './token.ts';

/** Sends by the Conversation API's `messages:send`. */
export const sender: Sender = {
  build,
  recipientOf,
  read: readAnswer,
  token,
  // An app's queue is emptied at 20 a second; the pair rate is WhatsApp's own.
  rates: {
    account: { perSecond: 20, burst: 40 },
    contact: { perSecond: 1 / 6, burst: 45 },
  },
  check(account, token) {
    const { projectId } = account.secrets;
    if (projectId === '' || account.accountId === '') return undefined;
    return {
      method: 'GET',
      url: `${base(account)}/apps/${encodeUrl(account.accountId)}`,
      headers: { Authorization: `Bearer ${token}` },
      body: '',
    };
  },
  readCheck,
  mediaSource(media, _account, token) {
    if (media.url === undefined) return undefined;
    const headers: Record<string, string> =
      token === '' ? {} : { Authorization: `Bearer ${token}` };
    return { url: media.url, headers, hosts: ['*.sinch.com'] };
  },
  readMediaUrl: () => undefined,
};
