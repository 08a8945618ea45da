import type { Facts } from '../../src/condition/read.ts';
import { pathOf } from '../../src/condition/read.ts';
import type { Row, Rule } from '../../src/condition/rule.ts';
import { type DeclaredDefault, fillVariables } from '../../src/condition/fill-variables.ts';
import type { Account, WhatsAppEvent } from '../../src/event/event.ts';

/** What can happen to a trigger, one for each kind of event and one for any other message. */
const kinds = {
  incomingOpens: { name: 'message.incoming', verb: 'incoming', change: 'opened', state: 'open' },
  incoming: { name: 'message.incoming', verb: 'incoming', state: 'open' },
  outgoingOpens: { name: 'message.outgoing', verb: 'outgoing', change: 'opened', state: 'open' },
  outgoing: { name: 'message.outgoing', verb: 'outgoing', state: 'open' },
  accepted: { name: 'message.accepted', verb: 'accepted', state: 'open' },
  rejected: { name: 'message.rejected', verb: 'rejected', state: 'open' },
  opened: { name: 'interaction.opened', change: 'opened', state: 'open' },
  closed: { name: 'interaction.closed', change: 'closed', state: 'closed' },
  delivery: { name: 'delivery', verb: 'outgoing', state: 'open' },
  other: undefined,
} as const;

export type Happening = keyof typeof kinds;

export const happenings = Object.keys(kinds) as readonly Happening[];

/** The fields of an event that can be made up, beside variables and properties. */
const madeParts = [
  'account',
  'message.type',
  'message.text',
  'contact.phone',
  'contact.name',
  'queue',
  'agent',
  'delivery',
  'time',
] as const;

export type MadePart = (typeof madeParts)[number];

/** What stands in the controls of a made event, also in those that are not shown just now. */
export interface MadeEvent {
  readonly happening: Happening;
  readonly parts: Readonly<Partial<Record<MadePart, string>>>;
  readonly variables: Readonly<Record<string, string>>;
  /** By their paths in msg. */
  readonly properties: Readonly<Record<string, string>>;
}

/** What a made event has to be asked for: only what the rows look at. */
export interface Asked {
  readonly parts: readonly MadePart[];
  readonly variables: readonly string[];
  readonly properties: readonly string[];
}

export const newEvent: MadeEvent = {
  happening: 'incomingOpens',
  parts: { 'message.type': 'text', delivery: 'delivered' },
  variables: {},
  properties: {},
};

export function askedOf(rule: Rule, happening: Happening): Asked {
  const rows = [...rule.all, ...rule.any];
  const kind = kinds[happening];
  const has = (part: MadePart): boolean => {
    if (part === 'time') return true;
    if (part === 'delivery') return happening === 'delivery';
    if (part.startsWith('message.')) return isWritten(happening);
    return kind !== undefined;
  };
  const isAsked = (part: MadePart): boolean => rows.some(({ field }) => field === part);
  return {
    parts: madeParts.filter((part) => has(part) && isAsked(part)),
    variables: unique(rows, 'variable', ({ name = '' }) => name),
    properties: unique(rows, 'msg', ({ path = '' }) => (pathOf(path) ? path : '')),
  };
}

/** A delivery is about a message, and does not repeat it. */
function isWritten(happening: Happening): boolean {
  const kind = kinds[happening];
  return kind !== undefined && 'verb' in kind && happening !== 'delivery';
}

function unique(rows: readonly Row[], field: string, of: (row: Row) => string): readonly string[] {
  const texts = rows.filter((row) => row.field === field).map(of);
  return [...new Set(texts.filter((text) => text !== ''))];
}

/** What a rule would look at if this happened; a control without a text is something absent. */
export function factsOf(
  made: MadeEvent,
  accounts: readonly Account[],
  declared: readonly DeclaredDefault[],
  now: Date,
): Facts {
  const event = eventOf(made, accounts, now);
  const given = Object.entries(made.variables).filter(([, text]) => text !== '');
  const variables = fillVariables(Object.fromEntries(given), event, declared);
  const msg: Record<string, unknown> = {
    topic: event?.name ?? '',
    payload: event ?? '',
    variables,
  };
  for (const [path, text] of Object.entries(made.properties)) {
    if (text !== '') setAt(msg, pathOf(path) ?? [], text);
  }
  return { event, msg, variables, now };
}

function eventOf(
  { happening, parts }: MadeEvent,
  accounts: readonly Account[],
  now: Date,
): WhatsAppEvent | undefined {
  const kind = kinds[happening];
  if (!kind) return undefined;
  const at = now.toISOString();
  const nobody: Account = { id: '', name: '', key: '', provider: '', number: '' };
  const account = accounts.find(({ id }) => id === parts.account) ?? accounts[0] ?? nobody;
  const { queue = '', agent = '' } = parts;
  const phone = parts['contact.phone'] ?? '';
  const name = parts['contact.name'] ?? '';
  return {
    id: 'made',
    name: kind.name,
    at,
    receivedAt: at,
    account,
    interaction: {
      id: 'made',
      ...('change' in kind ? { change: kind.change } : {}),
      state: kind.state,
      openedAt: at,
    },
    ...('verb' in kind ? { message: messageOf(kind.verb, happening, parts) } : {}),
    contact: { id: 'made', ...(phone ? { phone } : {}), ...(name ? { name } : {}) },
    ...(agent ? { agent: { username: agent, name: agent } } : {}),
    ...(queue ? { queue } : {}),
    ...(happening === 'delivery'
      ? { delivery: { status: parts.delivery as NonNullable<WhatsAppEvent['delivery']>['status'] } }
      : {}),
    redelivered: false,
  };
}

function messageOf(
  verb: NonNullable<WhatsAppEvent['message']>['verb'],
  happening: Happening,
  parts: MadeEvent['parts'],
): NonNullable<WhatsAppEvent['message']> {
  const isSaid = isWritten(happening);
  return {
    id: 'made',
    verb,
    type: isSaid ? (parts['message.type'] ?? '') : 'unknown',
    text: isSaid ? (parts['message.text'] ?? '') : '',
    media: [],
  };
}

/** On copies: what is set may lie inside the event. Nothing inherited is ever reached. */
function setAt(holder: Record<string, unknown>, segments: readonly string[], text: string): void {
  const [segment, ...rest] = segments;
  if (segment === undefined) return;
  if (rest.length === 0) {
    define(holder, segment, text);
    return;
  }
  const inner = Object.hasOwn(holder, segment) ? holder[segment] : undefined;
  const copy: Record<string, unknown> =
    typeof inner === 'object' && inner !== null ? { ...inner } : {};
  setAt(copy, rest, text);
  define(holder, segment, copy);
}

/** Also a property that is called `__proto__`. */
function define(holder: object, name: string, value: unknown): void {
  Object.defineProperty(holder, name, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}
