import type { Media } from '../../event/event.ts';
import { encodeUrl } from '../../template/encode.ts';
import { bodyOf } from '../api-answer.ts';
import { filled } from '../read.ts';
import type {
  ApiAnswer,
  ApiRequest,
  MediaSource,
  Outgoing,
  Refused,
  Sender,
  SendingAccount,
} from '../sender.ts';
import { type NoAnswer, readSendAnswer } from './answer.ts';
import { flawOf, messageBody, recipientOf } from './outgoing.ts';

/** Where and how one house offers the Cloud API: Meta itself, or a partner of its. */
export interface House {
  /** The address that `/messages` hangs below. */
  messages(account: SendingAccount): string;
  /** The address of a media file's description; the id is encoded already. */
  media(account: SendingAccount, id: string): string;
  /** The hosts of files that may be given our credentials. */
  hosts(account: SendingAccount): readonly string[];
  /** The address that a file is fetched from, by the one that the provider names. */
  fileUrl(url: string, account: SendingAccount): string;
  /** What proves who we are; undefined where the account holds none. */
  credentials(account: SendingAccount): Readonly<Record<string, string>> | undefined;
  /** What to say then. */
  readonly missing: string;
  /** Errors in the house's own form, where Meta's is not found. */
  readError(answer: ApiAnswer): Refused | NoAnswer;
}

type Part = 'build' | 'recipientOf' | 'read' | 'rates' | 'mediaSource' | 'readMediaUrl';

/** What sending through the Cloud API has in common, whoever offers it. */
export function cloudApi(house: House): Pick<Sender, Part> {
  return {
    build: (outgoing, account) => build(house, outgoing, account),
    recipientOf,
    read: (answer) => readSendAnswer(answer, (other) => house.readError(other)),
    // The limit of a pair lends up to 45 messages at once to one contact.
    rates: {
      account: { perSecond: 80, burst: 80 },
      contact: { perSecond: 1 / 6, burst: 45 },
    },
    mediaSource: (media, account) => mediaSource(house, media, account),
    readMediaUrl: (answer, account) => {
      const url = filled(bodyOf(answer)['url']);
      return url === undefined ? undefined : house.fileUrl(url, account);
    },
  };
}

function build(house: House, outgoing: Outgoing, account: SendingAccount): ApiRequest | Refused {
  const credentials = house.credentials(account);
  if (!credentials) return { remedy: 'account', code: '', text: house.missing };
  const flaw = flawOf(outgoing);
  if (flaw !== undefined) return { remedy: 'fault', code: '', text: flaw };
  return {
    method: 'POST',
    url: `${house.messages(account)}/messages`,
    headers: { ...credentials, 'Content-Type': 'application/json' },
    body: JSON.stringify(messageBody(outgoing)),
  };
}

/** The URL that a webhook brings lasts for minutes: the id is asked for a fresh one. */
function mediaSource(
  house: House,
  { id, url }: Media,
  account: SendingAccount,
): MediaSource | undefined {
  const credentials = house.credentials(account);
  if (!credentials) return undefined;
  // The host of the files refuses clients that do not say who they are.
  const headers = { ...credentials, 'User-Agent': 'node-red-contrib-whatsapp-triggers' };
  const hosts = house.hosts(account);
  if (id !== undefined) {
    return { lookUp: get(house.media(account, encodeUrl(id)), headers), headers, hosts };
  }
  return url === undefined ? undefined : { url: house.fileUrl(url, account), headers, hosts };
}

export function get(url: string, headers: Readonly<Record<string, string>>): ApiRequest {
  return { method: 'GET', url, headers, body: '' };
}

/** The host of an address, or none where it is no address. */
export function hostOf(url: string): string[] {
  const host = URL.parse(url)?.host;
  return host ? [host] : [];
}
