import type { Location, Media, Message } from '../../event/event.ts';
import { compact, filled, type Json, number, object, objects, text } from '../read.ts';

type Content = Omit<Message, 'id' | 'verb'>;

/** Sinch tells a media file's kind by its URL alone. */
const kinds: readonly (readonly [RegExp, string])[] = [
  [/\.(jpe?g|png|gif|heic)$/, 'image'],
  [/\.(mp4|3gpp?|mov)$/, 'video'],
  [/\.(ogg|opus|oga|amr|aac|mp3|m4a)$/, 'audio'],
  [/\.webp$/, 'sticker'],
  [/\.[a-z0-9]{2,5}$/, 'document'],
];

/** The type is the key that holds the content, without "_message"; of a media file its kind. */
const readers: Readonly<Record<string, (body: Json) => Content>> = {
  text_message: (body) => plain('text', text(body['text'])),
  media_message: readMedia,
  media_card_message: readMedia,
  card_message: readCard,
  location_message: readLocation,
  choice_response_message: readChoice,
  choice_message: (body) => plain('choice', text(object(body['text_message'])?.['text'])),
  list_message: (body) => plain('list', text(body['title'])),
  product_response_message: (body) => plain('product_response', text(body['text'])),
  contact_info_message: readContact,
  channel_specific_message: readSpecific,
};

/**
 * The content of a `contact_message`, or of the `app_message` of somebody else who sends for the same
 * app; kinds that are not known keep their name.
 */
export function readContent(message: Json): Content {
  const replyTo = filled(object(message['reply_to'])?.['message_id']);
  const key = Object.keys(message).find((name) => name.endsWith('_message'));
  const body = key === undefined ? undefined : object(message[key]);
  if (key === undefined || !body) return compact({ ...plain('unknown', ''), replyTo });
  const read = Object.hasOwn(readers, key) ? readers[key] : undefined;
  const content = read?.(body) ?? plain(filled(key.slice(0, -'_message'.length)) ?? 'unknown', '');
  return compact({ ...content, replyTo: replyTo ?? content.replyTo });
}

function plain(type: string, words: string | undefined): Content {
  return { type, text: words ?? '', media: [] };
}

function readMedia(body: Json): Content {
  const url = filled(body['url']);
  const caption = text(body['caption']);
  const type = mediaKind(url ?? '');
  const media: Media = compact({
    type,
    url,
    fileName: filled(body['filename_override']),
    caption,
  });
  return { type, text: caption ?? '', media: [media] };
}

function mediaKind(url: string): string {
  const path = url.replace(/[?#].*$/s, '').toLowerCase();
  const file = path.slice(path.lastIndexOf('/') + 1);
  return kinds.find(([ending]) => ending.test(file))?.[1] ?? 'media';
}

/** A card without buttons is how a media file with a caption is sent. */
function readCard(body: Json): Content {
  const words = [filled(body['title']), filled(body['description'])];
  const caption = words.filter((part) => part !== undefined).join('\n');
  const file = object(body['media_message']);
  return file ? readMedia({ ...file, caption }) : plain('card', caption);
}

function readLocation(body: Json): Content {
  const latitude = number(object(body['coordinates'])?.['latitude']);
  const longitude = number(object(body['coordinates'])?.['longitude']);
  const name = filled(body['title']);
  const address = filled(body['label']);
  const words = [name, address].filter((part) => part !== undefined).join(', ');
  if (latitude === undefined || longitude === undefined) return plain('location', words);
  const location: Location = compact({ latitude, longitude, name, address });
  return { ...plain('location', words), location };
}

/** Without postback data of its own a choice comes back as "<message id>_<its title>". */
function readChoice(body: Json): Content {
  const replyTo = filled(body['message_id']);
  const buttonId = filled(body['postback_data']);
  const start = `${replyTo ?? ''}_`;
  const title = buttonId?.startsWith(start) ? buttonId.slice(start.length) : buttonId;
  return compact({ ...plain('choice_response', title), replyTo, buttonId });
}

function readContact(body: Json): Content {
  const name = filled(object(body['name'])?.['full_name']) ?? '';
  const phones = objects(body['phone_numbers']).flatMap(
    (entry) => filled(entry['phone_number']) ?? [],
  );
  return { ...plain('contact_info', ''), contacts: [{ name, phones }] };
}

/** WhatsApp's own kinds, such as the answers to a form: `{message_type, message: {nfm_reply: {body}}}`. */
function readSpecific(body: Json): Content {
  const type = filled(body['message_type']) ?? 'channel_specific';
  const inner = object(object(body['message'])?.[type]);
  return plain(type, text(inner?.['body']));
}
