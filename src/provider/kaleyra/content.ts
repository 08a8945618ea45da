import type { Location, Media, Message, SharedContact } from '../../event/event.ts';
import { compact, filled, type Json, number, object, objects } from '../read.ts';
import type { Fields } from './fields.ts';

type Content = Omit<Message, 'id' | 'verb'>;

/** What an incoming message says: `type` is WhatsApp's word for its kind. */
export function readContent(fields: Fields): Content {
  const url = fields.get('media_url');
  const type = fields.get('type') ?? (url === undefined ? 'text' : 'document');
  const message = object(fields.json('message'));
  const location = readLocation(fields);
  const contacts = readContacts(fields.json('contacts'));
  const hasOther = url !== undefined || location !== undefined || contacts.length > 0;
  const words = hasOther && type !== 'text' ? caption(fields) : said(type, fields);
  return compact({
    type,
    text: words ?? location?.name ?? '',
    media: url === undefined ? [] : [readMedia(type, url, fields)],
    replyTo: fields.get('reply_to'),
    buttonId: message && readButton(message),
    location,
    contacts: contacts.length > 0 ? contacts : undefined,
  });
}

/** What somebody typed stays as it is, whatever it looks like; a button's words may be "None". */
function said(type: string, fields: Fields): string | undefined {
  return type === 'text' ? fields.exact('body') : fields.words('body');
}

/** Most files, and all places, come without words: one for nothing is none of somebody's own. */
function caption(fields: Fields): string | undefined {
  return fields.get('body') === undefined ? undefined : fields.exact('body');
}

function readMedia(type: string, url: string, fields: Fields): Media {
  return compact({
    type,
    url,
    mimeType: fields.get('mime_type'),
    caption: caption(fields),
  });
}

/** JSON as WhatsApp has it, or "latitude,longitude". */
function readLocation(fields: Fields): Location | undefined {
  const body = object(fields.json('location'));
  const [first, second] = (fields.get('location') ?? '').split(',');
  const latitude = number(body ? body['latitude'] : first);
  const longitude = number(body ? body['longitude'] : second);
  if (latitude === undefined || longitude === undefined) return undefined;
  const [name, address] = [filled(body?.['name']), filled(body?.['address'])];
  return compact({ latitude, longitude, name, address });
}

function readContacts(value: unknown): SharedContact[] {
  return objects(value).flatMap((contact) => {
    const name = filled(object(contact['name'])?.['formatted_name']);
    const phones = objects(contact['phones']).flatMap((entry) => filled(entry['phone']) ?? []);
    return name === undefined && phones.length === 0 ? [] : [{ name: name ?? '', phones }];
  });
}

/** `message` holds WhatsApp's own object where the account is of the newer interface. */
function readButton(message: Json): string | undefined {
  const interactive = object(message['interactive']);
  const reply = object(interactive?.['button_reply']) ?? object(interactive?.['list_reply']);
  return filled(reply?.['id']) ?? filled(object(message['button'])?.['payload']);
}
