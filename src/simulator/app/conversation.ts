import type { Delivery, Location, WhatsAppEvent } from '../../event/event.ts';
import type { Happening } from '../../provider/simulator/build.ts';
import type { SendOutcome, SendRequest } from '../protocol.ts';
import { noteOf } from './note.ts';

/** One POST to the webhook: what the wire panel lists. */
export interface WireLine {
  readonly number: number;
  readonly request: SendRequest;
  readonly at: number;
  /** The same message went out before: a provider's retry. */
  readonly again: boolean;
  readonly outcome?: SendOutcome;
}

export interface Bubble {
  readonly kind: 'bubble';
  readonly key: string;
  readonly side: 'customer' | 'business';
  readonly type: string;
  readonly text: string;
  readonly location?: Location | undefined;
  readonly at: number;
  /** How often the flow was told of this message: once, however often it was sent. */
  readonly events: number;
  readonly delivery?: Delivery;
}

export interface Note {
  readonly kind: 'note';
  readonly key: string;
  readonly text: string;
}

export type Entry = Bubble | Note;

export interface State {
  /** By talkKey: what an account and a customer said, in the order in which the page learned of it. */
  readonly talks: Readonly<Record<string, readonly Entry[]>>;
  readonly wire: readonly WireLine[];
  readonly seen: ReadonlySet<string>;
}

export type Action =
  | { readonly type: 'sending'; readonly line: WireLine }
  | { readonly type: 'answered'; readonly number: number; readonly outcome: SendOutcome }
  | { readonly type: 'event'; readonly event: WhatsAppEvent };

export const emptyState: State = { talks: {}, wire: [], seen: new Set() };

export function talkKey(accountId: string, phone: string): string {
  return `${accountId} ${phone}`;
}

export function reduce(state: State, action: Action): State {
  if (action.type === 'sending') return sending(state, action.line);
  if (action.type === 'event') return happened(state, action.event);
  return { ...state, wire: state.wire.map((line) => withOutcome(line, action)) };
}

function sending(state: State, line: WireLine): State {
  const { request, again } = line;
  const wire = [line, ...state.wire].slice(0, 100);
  const bubble = again ? undefined : bubbleOfRequest(line);
  if (!bubble) return { ...state, wire };
  const key = talkKey(request.account, request.customer.phone);
  return { ...state, wire, talks: changed(state, key, (entries) => [...entries, bubble]) };
}

function withOutcome(
  line: WireLine,
  { number, outcome }: { number: number; outcome: SendOutcome },
) {
  return line.number === number ? { ...line, outcome } : line;
}

/** An event that comes a second time (the feed repeats itself after a break) changes nothing. */
function happened(state: State, event: WhatsAppEvent): State {
  if (state.seen.has(event.id)) return state;
  const key = talkKey(event.account.id, event.contact.phone ?? event.contact.id);
  const talks = changed(state, key, (entries) => withEvent(entries, event));
  return { ...state, talks, seen: new Set([...state.seen, event.id]) };
}

function changed(
  state: State,
  key: string,
  change: (entries: readonly Entry[]) => readonly Entry[],
) {
  return { ...state.talks, [key]: change(state.talks[key] ?? []) };
}

function withEvent(entries: readonly Entry[], event: WhatsAppEvent): readonly Entry[] {
  if (event.delivery) return withDelivery(entries, event);
  const text = noteOf(event);
  const note: readonly Note[] = text ? [{ kind: 'note', key: event.id, text }] : [];
  const { message, interaction } = event;
  if (message?.verb !== 'incoming' && message?.verb !== 'outgoing') return [...entries, ...note];
  const found = entries.findIndex((entry) => entry.kind === 'bubble' && entry.key === message.id);
  const known = entries[found];
  const bubble = known?.kind === 'bubble' ? known : bubbleOfEvent(event, message);
  const told = { ...bubble, events: bubble.events + 1 };
  const pair = interaction.change === 'closed' ? [told, ...note] : [...note, told];
  return known ? entries.toSpliced(found, 1, ...pair) : [...entries, ...pair];
}

/** A status names a message; one that does not is about the last that the business sent. */
function withDelivery(entries: readonly Entry[], event: WhatsAppEvent): readonly Entry[] {
  const named = entries.find((entry) => entry.key === event.message?.id);
  const bubble = named ?? entries.findLast(isReply);
  if (bubble?.kind !== 'bubble' || !event.delivery) return entries;
  return entries.with(entries.indexOf(bubble), { ...bubble, delivery: event.delivery });
}

export function isReply(entry: Entry): entry is Bubble {
  return entry.kind === 'bubble' && entry.side === 'business';
}

function bubbleOfEvent(
  event: WhatsAppEvent,
  message: NonNullable<WhatsAppEvent['message']>,
): Bubble {
  const { id: key, type, text, location, verb } = message;
  const side = verb === 'incoming' ? 'customer' : 'business';
  return { kind: 'bubble', key, side, type, text, location, at: Date.parse(event.at), events: 0 };
}

function bubbleOfRequest({ request, at }: WireLine): Bubble | undefined {
  const { happening, id } = request;
  if (happening.kind === 'status' || id === undefined) return undefined;
  const side = happening.kind === 'echo' ? 'business' : 'customer';
  return { kind: 'bubble', key: id, side, ...contentOf(happening), at, events: 0 };
}

type Content = Pick<Bubble, 'type' | 'text' | 'location'>;

function contentOf(happening: Exclude<Happening, { kind: 'status' }>): Content {
  if (happening.kind === 'image') return { type: 'image', text: happening.caption };
  if (happening.kind === 'button') return { type: 'interactive', text: happening.title };
  if (happening.kind !== 'location') return { type: 'text', text: happening.text };
  const { kind: type, ...location } = happening;
  return { type, text: [location.name, location.address].filter(Boolean).join(', '), location };
}
