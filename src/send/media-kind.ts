import type { MediaKind } from '../provider/sender.ts';

/** What WhatsApp shows as more than a document (Meta: Cloud API, supported media types). */
const kinds: Readonly<Record<string, MediaKind>> = {
  jpg: 'image',
  jpeg: 'image',
  png: 'image',
  webp: 'sticker',
  mp4: 'video',
  '3gp': 'video',
  '3gpp': 'video',
  aac: 'audio',
  amr: 'audio',
  m4a: 'audio',
  mp3: 'audio',
  oga: 'audio',
  ogg: 'audio',
  opus: 'audio',
};

export interface MediaName {
  readonly type: MediaKind;
  /** Of a document: what the contact sees. */
  readonly fileName?: string;
}

/** The kind of a file by the name at the end of its URL's path; what has no known ending is a document. */
export function mediaName(url: string): MediaName {
  const file = decoded(URL.parse(url)?.pathname.split('/').at(-1) ?? '');
  const ending = /\.([a-z0-9]+)$/i.exec(file)?.[1]?.toLowerCase() ?? '';
  const type = Object.hasOwn(kinds, ending) ? kinds[ending]! : 'document';
  return type === 'document' && file !== '' ? { type, fileName: file } : { type };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
