import type { WhatsAppEvent } from '../../event/event.ts';
import type { EventSummary, Step } from '../log-types.ts';
import type { LogOutcome } from '../why.ts';
import type { LogLack } from '../log-settings.ts';

/** One event with its whole way, or one request that became none, as it is written down. */
export interface LogRecord {
  readonly summary: EventSummary;
  /** Null for a request. */
  readonly event: WhatsAppEvent | null;
  /** The variables of the message beyond the standard ones. */
  readonly variables: Readonly<Record<string, string>>;
  readonly masked: readonly LogLack[];
  readonly steps: readonly Step[];
}

/** What can be asked for; every part that is missing asks for nothing. */
export interface LogQuery {
  /** Digits at the end of the number. */
  readonly phone?: string;
  /** Its id, or how it begins. */
  readonly interaction?: string;
  readonly text?: string;
  readonly account?: string;
  readonly node?: string;
  readonly outcome?: LogOutcome;
  /** Milliseconds. */
  readonly since?: number;
  readonly before?: Position;
  readonly limit: number;
}

/** A place in the log; without an id before everything of that millisecond. */
export interface Position {
  readonly at: number;
  readonly id: string;
}

/** What of an entry lies where it is found fast. */
export interface IndexRow {
  readonly at: number;
  readonly id: string;
  readonly account: string;
  readonly phone: string;
  readonly interaction: string;
  readonly outcome: string;
  /** The ids of the nodes of its way, each between blanks. */
  readonly nodes: string;
  /** What is searched for words, folded. */
  readonly words: string;
}

export function indexOf({ summary, event, steps, variables }: LogRecord): IndexRow {
  const { id, at, account, interactionId, outcome, phoneTail = '', contact, text } = summary;
  const nodes = new Set(steps.flatMap(({ node }) => (node ? [node.id] : [])));
  const words = [text, event?.message?.text, contact, account.name, ...Object.values(variables)];
  return {
    at: Date.parse(at),
    id,
    account: account.id,
    phone: digitsOf(event?.contact.phone ?? '') || phoneTail,
    interaction: interactionId,
    outcome,
    nodes: ` ${[...nodes].join(' ')} `,
    words: folded([...new Set(words)].join('\n')).slice(0, 2_000),
  };
}

/** An entry as it lies in the file. */
export interface EventRow extends IndexRow {
  readonly name: string;
  readonly summary: string;
  readonly event: string | null;
  readonly variables: string;
  readonly masked: string;
  readonly steps: string;
}

/** Throws where an entry cannot be one: what a flow calls an event may be anything. */
export function rowOf(entry: LogRecord): EventRow {
  const { summary, event, variables, masked, steps } = entry;
  const row = {
    ...indexOf(entry),
    name: summary.name,
    summary: JSON.stringify(summary),
    event: event && JSON.stringify(event),
    variables: JSON.stringify(variables),
    masked: masked.join(','),
    steps: JSON.stringify(steps),
  };
  for (const [name, value] of Object.entries(row)) {
    const mayLack = name === 'event' && value === null;
    if (typeof value !== 'string' && !Number.isFinite(value) && !mayLack)
      throw new TypeError(`it has no "${name}"`);
  }
  return row;
}

export function entryOf({ summary, event, variables, masked, steps }: EventRow): LogRecord {
  return {
    summary: JSON.parse(summary) as LogRecord['summary'],
    event: event === null ? null : (JSON.parse(event) as LogRecord['event']),
    variables: JSON.parse(variables) as LogRecord['variables'],
    masked: masked.split(',').filter((one) => one !== '') as unknown as LogRecord['masked'],
    steps: JSON.parse(steps) as LogRecord['steps'],
  };
}

export function matches(row: IndexRow, query: LogQuery): boolean {
  const { phone = '', interaction, text = '', account, node, outcome } = query;
  const digits = digitsOf(phone);
  return (
    (outcome === undefined || row.outcome === outcome) &&
    (account === undefined || row.account === account) &&
    (interaction === undefined || row.interaction.startsWith(interaction)) &&
    (node === undefined || row.nodes.includes(` ${node} `)) &&
    (phone === '' || (digits !== '' && endsAlike(row.phone, digits))) &&
    (text === '' || row.words.includes(folded(text)))
  );
}

/** Where only the last digits were written down, a longer number is found by them. */
function endsAlike(kept: string, digits: string): boolean {
  return kept.endsWith(digits) || (kept.length === 4 && digits.endsWith(kept));
}

function digitsOf(phone: string): string {
  return phone.replaceAll(/\D/g, '');
}

function folded(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
