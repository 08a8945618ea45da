import type { Location, Media, Message, Referral } from '../../event/event.ts';
import { compact, number } from '../read.ts';
import type { Entry } from './entries.ts';

type Fields = Entry['fields'];
type Content = Omit<Message, 'id' | 'verb'>;

/** WhatsApp sends one file a message; Twilio's own limit is ten. */
const maxMedia = 10;

/** What a message of these fields says (Twilio: webhook-request, and what its WhatsApp senders add). */
export function readContent(fields: Fields): Content {
  const location = readLocation(fields);
  const body = fields.get('Body') ?? fields.get('ButtonText') ?? fields.get('ListTitle');
  const media = readMedia(fields, body);
  return compact({
    type: fields.get('MessageType')?.toLowerCase() ?? guessType(fields, media, location),
    text: body ?? placeName(fields),
    media,
    replyTo: fields.get('OriginalRepliedMessageSid'),
    buttonId: fields.get('ButtonPayload') ?? fields.get('ListId'),
    location,
    referral: readReferral(fields),
  });
}

/** Older senders do not name the type. */
function guessType(fields: Fields, media: readonly Media[], location?: Location): string {
  if (media[0]) return media[0].type;
  if (location) return 'location';
  if (fields.has('ButtonText') || fields.has('ButtonPayload')) return 'button';
  return fields.has('ListId') ? 'interactive' : 'text';
}

function readMedia(fields: Fields, caption: string | undefined): readonly Media[] {
  const media: Media[] = [];
  for (let i = 0; i < maxMedia; i++) {
    const url = fields.get(`MediaUrl${i}`);
    if (url === undefined) break;
    const mimeType = fields.get(`MediaContentType${i}`);
    media.push(
      compact({
        type: mediaType(mimeType),
        id: /\/Media\/(\w+)/.exec(url)?.[1],
        url,
        mimeType,
        fileName: fields.get(`MediaFileName${i}`) ?? fields.get(`MediaFilename${i}`),
        caption: i === 0 ? caption : undefined,
      }),
    );
  }
  return media;
}

function mediaType(mimeType = ''): string {
  const kind = mimeType.split('/', 1)[0]!.toLowerCase();
  return ['image', 'video', 'audio'].includes(kind) ? kind : 'document';
}

function readLocation(fields: Fields): Location | undefined {
  const latitude = number(fields.get('Latitude'));
  const longitude = number(fields.get('Longitude'));
  if (latitude === undefined || longitude === undefined) return undefined;
  const [name, address] = [fields.get('Label'), fields.get('Address')];
  return compact({ latitude, longitude, name, address });
}

function placeName(fields: Fields): string {
  return ['Label', 'Address'].flatMap((name) => fields.get(name) ?? []).join(', ');
}

function readReferral(fields: Fields): Referral | undefined {
  const referral = compact({
    sourceUrl: fields.get('ReferralSourceUrl'),
    sourceType: fields.get('ReferralSourceType'),
    sourceId: fields.get('ReferralSourceId'),
    headline: fields.get('ReferralHeadline'),
    body: fields.get('ReferralBody'),
  });
  return Object.keys(referral).length > 0 ? referral : undefined;
}
