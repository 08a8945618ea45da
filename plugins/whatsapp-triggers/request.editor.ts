import type { Customer, Happening } from '../../src/provider/simulator/build.ts';
import type { Deed } from './deeds.editor.ts';

/** What a deed sends through the provider; undefined = it is not a provider's to tell. */
export function happeningOf(deed: Deed, lastReply: string | undefined): Happening | undefined {
  switch (deed.verb) {
    case 'open':
    case 'customer':
    case 'late':
      return { kind: 'text', text: deed.text };
    case 'business':
      return { kind: 'echo', text: deed.text };
    case 'image':
      return { kind: 'image', caption: deed.text };
    case 'button':
      return { kind: 'button', title: deed.text || 'OK', buttonId: 'yes' };
    case 'location':
      return place;
    case 'delivery':
      return lastReply === undefined
        ? undefined
        : { kind: 'status', messageId: lastReply, status: deed.status };
    case 'again':
    case 'accept':
    case 'reject':
    case 'close':
    case 'wait':
      return undefined;
  }
}

const place: Happening = {
  kind: 'location',
  latitude: 45.4642,
  longitude: 9.19,
  name: 'Duomo di Milano',
  address: 'Piazza del Duomo, Milano',
};

/** A message's id as a provider makes them: the page names it, so that its event finds its bubble. */
export function freshId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(20));
  return `wamid.${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** Seconds since 1970. */
export function timestampOf(deed: Deed, now: number): number {
  const late = deed.verb === 'late' ? deed.minutes * 60 : 0;
  return Math.floor(now / 1000) - late;
}

export function customerLabel({ name, phone }: Customer): string {
  return name === '' ? phone : `${name} · ${phone}`;
}
