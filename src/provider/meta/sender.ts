import { encodeUrl } from '../../template/encode.ts';
import { bodyOf } from '../api-answer.ts';
import { filled } from '../read.ts';
import type { ApiAnswer, Sender, SendingAccount } from '../sender.ts';
import { readRefusal, readStatusOnly } from './answer.ts';
import { cloudApi, get, hostOf, type House } from './cloud-api.ts';

/** The Graph API (Meta: messages/send-messages, business-phone-numbers/media; 2026). */
const graph: House = {
  messages: number,
  media: (account, id) =>
    `${version(account)}/${id}?phone_number_id=${encodeUrl(account.accountId)}`,
  hosts: (account) => ['*.fbsbx.com', ...hostOf(base(account))],
  fileUrl: (url) => url,
  credentials: ({ secrets: { accessToken } }) =>
    accessToken === '' ? undefined : { Authorization: `Bearer ${accessToken}` },
  missing: 'The access token is missing.',
  readError: readStatusOnly,
};

export const sender: Sender = { ...cloudApi(graph), check, readCheck };

function check(account: SendingAccount) {
  const fields = 'display_phone_number,verified_name,quality_rating,status';
  return get(`${number(account)}?fields=${fields}`, graph.credentials(account) ?? {});
}

/** The states in which a number sends; a number of a test account tells none. */
const working: ReadonlySet<string> = new Set(['CONNECTED', 'FLAGGED', 'RATE_LIMITED']);

function readCheck(answer: ApiAnswer): { ok: boolean; text: string } {
  const told = bodyOf(answer);
  if (answer.status !== 200 || told['id'] === undefined) {
    const found = readRefusal(answer) ?? readStatusOnly(answer);
    const text = 'unknown' in found ? found.unknown : found.text;
    return { ok: false, text };
  }
  const status = filled(told['status']) ?? 'CONNECTED';
  const names = [filled(told['display_phone_number']), filled(told['verified_name'])];
  const name = names.filter((word) => word !== undefined).join(', ');
  const quality = filled(told['quality_rating']);
  const rating = quality === undefined ? '' : `, quality ${quality}`;
  return working.has(status)
    ? { ok: true, text: `Connected: ${name}${rating}.` }
    : { ok: false, text: `The number ${name} is not connected: its status is ${status}.` };
}

function base({ apiUrl }: SendingAccount): string {
  return apiUrl || 'https://graph.facebook.com';
}

/** The default is the newest version when this was written; each lives for about two years. */
function version(account: SendingAccount): string {
  const wanted = account.apiVersion.replace(/^v/i, '') || '26.0';
  return `${base(account)}/${encodeUrl(`v${wanted}`)}`;
}

function number(account: SendingAccount): string {
  return `${version(account)}/${encodeUrl(account.accountId)}`;
}
