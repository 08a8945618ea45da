import type { DeliveryStatus, WhatsAppEvent } from '../../src/event/event.ts';
import type { Happening } from '../../src/provider/simulator/build.ts';
import type { SendOutcome, SendRequest } from '../../src/simulator/protocol.ts';

/** What is shown of a conversation: bubbles, and between them what happened. */
export interface Entry {
  /** The message's id, else the event's. */
  readonly key: string;
  readonly side: 'customer' | 'business' | 'note';
  readonly type: string;
  readonly text: string;
  /** A key below `note` and whom it is about. */
  readonly note?: { readonly key: string; readonly who: string };
  /** The event that it became; it can be looked up in the log. */
  readonly eventId?: string;
  /** How often it was sent, and how often the flow was told. */
  readonly sent: number;
  readonly told: number;
  readonly outcome?: SendOutcome | undefined;
  readonly status?: DeliveryStatus;
}

export interface Talk {
  readonly entries: readonly Entry[];
  /** The interaction of the last event, and when that was received. */
  readonly interaction?: { readonly id: string; readonly isOpen: boolean; readonly at: string };
  /** What went out last: it can go out again. */
  readonly last?: SendRequest;
}

export type Talks = Readonly<Record<string, Talk>>;

export type TalkAction =
  | { readonly type: 'sending'; readonly request: SendRequest & { readonly id: string } }
  | { readonly type: 'answered'; readonly request: SendRequest; readonly outcome: SendOutcome }
  | { readonly type: 'event'; readonly event: WhatsAppEvent };

const nothing: Talk = { entries: [] };
const most = 200;

/** A dry run is a conversation of its own. */
export function keyOfTalk(account: string, phone: string, isDry: boolean): string {
  return `${account} ${phone} ${isDry ? 'dry' : 'real'}`;
}

export function reduceTalks(talks: Talks, action: TalkAction): Talks {
  if (action.type === 'event') {
    const { account, contact, dryRun = false } = action.event;
    const key = keyOfTalk(account.id, contact.phone ?? contact.id, dryRun);
    return { ...talks, [key]: withEvent(talks[key] ?? nothing, action.event) };
  }
  const { account, customer, dryRun = false } = action.request;
  const key = keyOfTalk(account, customer.phone, dryRun);
  const talk = talks[key] ?? nothing;
  if (action.type === 'sending') return { ...talks, [key]: withRequest(talk, action.request) };
  const { request, outcome } = action;
  return { ...talks, [key]: changed(talk, request.id ?? '', (entry) => ({ ...entry, outcome })) };
}

/** A status names a message; one that does not is about the last that the business sent. */
export function lastOfBusiness({ entries }: Talk): Entry | undefined {
  return entries.findLast(({ side }) => side === 'business');
}

function withRequest(talk: Talk, request: SendRequest & { readonly id: string }): Talk {
  const { id, happening } = request;
  if (happening.kind === 'status') return talk;
  const known = talk.entries.some(({ key }) => key === id);
  const next = known
    ? changed(talk, id, (entry) => ({ ...entry, sent: entry.sent + 1, outcome: undefined }))
    : added(talk, { key: id, ...contentOf(happening), sent: 1, told: 0 });
  return { ...next, last: request };
}

function withEvent(talk: Talk, event: WhatsAppEvent): Talk {
  const { id, message, delivery } = event;
  if (talk.entries.some(({ eventId }) => eventId === id)) return talk;
  const now: Talk = { ...talk, interaction: latest(talk, event) };
  if (delivery)
    return changed(now, message?.id ?? '', (one) => ({ ...one, status: delivery.status }));
  const told = message && isSaid(message.verb) ? withMessage(now, event, message) : now;
  const note = noteOf(event);
  if (!note) return told;
  const entry: Entry = {
    key: `${id} note`,
    side: 'note',
    type: '',
    text: '',
    note,
    sent: 0,
    told: 1,
    // The message's bubble leads to the event already.
    ...(told === now ? { eventId: id } : {}),
  };
  return added(told, entry);
}

/** A stream that begins anew tells of what was before: that is no news of the interaction. */
function latest({ interaction: known }: Talk, { interaction, receivedAt: at }: WhatsAppEvent) {
  if (known && at < known.at) return known;
  return { id: interaction.id, isOpen: interaction.state === 'open', at };
}

function withMessage(
  talk: Talk,
  { id: eventId }: WhatsAppEvent,
  { id: key, verb, type, text }: NonNullable<WhatsAppEvent['message']>,
): Talk {
  if (talk.entries.some((entry) => entry.key === key)) {
    return changed(talk, key, (entry) => ({ ...entry, eventId, told: entry.told + 1 }));
  }
  const side = verb === 'incoming' ? 'customer' : 'business';
  return added(talk, { key, side, type, text, eventId, sent: 0, told: 1 });
}

function isSaid(verb: string): boolean {
  return verb === 'incoming' || verb === 'outgoing';
}

function noteOf({ interaction, message, agent }: WhatsAppEvent): Entry['note'] {
  const who = agent?.name || agent?.username || '';
  if (message?.verb === 'accepted') return { key: 'accepted', who };
  if (message?.verb === 'rejected') return { key: agent ? 'rejected' : 'nobody', who };
  if (interaction.change === 'opened') return { key: 'opened', who };
  if (interaction.change === 'closed') return { key: 'closed', who: interaction.reason ?? '' };
  return undefined;
}

function added(talk: Talk, entry: Entry): Talk {
  return { ...talk, entries: [...talk.entries, entry].slice(-most) };
}

function changed(talk: Talk, key: string, change: (entry: Entry) => Entry): Talk {
  const entries = talk.entries.map((entry) => (entry.key === key ? change(entry) : entry));
  return { ...talk, entries };
}

function contentOf(happening: Exclude<Happening, { kind: 'status' }>) {
  const side = happening.kind === 'echo' ? ('business' as const) : ('customer' as const);
  switch (happening.kind) {
    case 'image':
      return { side, type: 'image', text: happening.caption };
    case 'button':
      return { side, type: 'interactive', text: happening.title };
    case 'location':
      return { side, type: 'location', text: happening.name };
    case 'text':
    case 'echo':
      return { side, type: 'text', text: happening.text };
  }
}
