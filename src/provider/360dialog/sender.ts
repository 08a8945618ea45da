import { bodyOf } from '../api-answer.ts';
import { plain, readRefusal, readStatusOnly, type NoAnswer } from '../meta/answer.ts';
import { cloudApi, get, hostOf, type House } from '../meta/cloud-api.ts';
import { failure } from '../meta/delivery.ts';
import { filled, object, objects } from '../read.ts';
import type { ApiAnswer, Refused, Remedy, Sender, SendingAccount } from '../sender.ts';

/** 360dialog's gate to the Cloud API (docs.360dialog.com: messaging API; 2026). */
const gate: House = {
  messages: base,
  media: (account, id) => `${base(account)}/${id}`,
  hosts: (account) => hostOf(base(account)),
  fileUrl,
  credentials: ({ secrets: { apiKey } }) =>
    apiKey === '' ? undefined : { 'D360-API-KEY': apiKey },
  missing: 'The API key is missing.',
  readError,
};

export const sender: Sender = {
  ...cloudApi(gate),
  check: (account) => get(`${base(account)}/v1/configs/webhook`, gate.credentials(account) ?? {}),
  readCheck,
};

/** Files lie at Meta's host, which does not know 360dialog's key: they are fetched through the gate. */
function fileUrl(url: string, account: SendingAccount): string {
  const file = URL.parse(url);
  const isMetas = file?.hostname === 'fbsbx.com' || file?.hostname.endsWith('.fbsbx.com');
  return file && isMetas ? `${base(account)}${file.pathname}${file.search}` : url;
}

/** Before a request reaches Meta, the gate has errors of its own, told apart by their words. */
function readError(answer: ApiAnswer): Refused | NoAnswer {
  const found = readStatusOnly(answer);
  const words = wordsOf(answer);
  if ('unknown' in found || words === undefined) return found;
  return { ...found, remedy: remedyOf(words) ?? found.remedy, text: plain(words) };
}

function remedyOf(words: string): Remedy | undefined {
  if (/rate limit|limit of \d+ request|exceeded the/i.test(words)) return 'retry';
  if (/payment|disabled|api[ _-]?key|blocked/i.test(words)) return 'account';
  return undefined;
}

function wordsOf(answer: ApiAnswer): string | undefined {
  const body = bodyOf(answer);
  const meta = object(body['meta']);
  return (
    filled(meta?.['developer_message']) ??
    filled(meta?.['developerMessage']) ??
    filled(body['error']) ??
    failure(objects(body['errors'])[0]).errorText ??
    filled(body['message']) ??
    filled(body['detail'])
  );
}

/** The webhook that 360dialog has on record shows at a glance whether it is ours; without its secrets. */
function readCheck(answer: ApiAnswer): { ok: boolean; text: string } {
  if (answer.status === 200) {
    const url = URL.parse(filled(bodyOf(answer)['url']) ?? '');
    const told = url
      ? `its webhook is ${plain(url.origin + url.pathname)}`
      : 'it has no webhook yet';
    return { ok: true, text: `Connected; ${told}.` };
  }
  const found = readRefusal(answer) ?? readError(answer);
  return { ok: false, text: 'unknown' in found ? found.unknown : found.text };
}

function base({ apiUrl }: SendingAccount): string {
  return apiUrl || 'https://waba-v2.360dialog.io';
}
