import { type LogOutcome, logOutcomes } from './why.ts';
import type { LogQuery, Position } from './log-store/record.ts';

const usual = 50;
const most = 200;

/** What a request asks for; `undefined` with the name of a part that cannot be read. */
export type ReadQuery = { readonly query: LogQuery } | { readonly wrong: string };

export function readQuery(asked: Readonly<Record<string, unknown>>): ReadQuery {
  const words = (name: string): string | undefined => {
    const value = asked[name];
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  };
  const parts: Record<string, string> = {};
  for (const name of ['phone', 'interaction', 'text', 'account', 'node'] as const) {
    const value = words(name);
    if (value !== undefined) parts[name] = value;
  }
  const [outcome, sinceText, beforeText] = ['outcome', 'since', 'before'].map(words);
  if (outcome !== undefined && !isOutcome(outcome)) return { wrong: 'outcome' };
  const since = sinceText === undefined ? undefined : Date.parse(sinceText);
  if (Number.isNaN(since)) return { wrong: 'since' };
  const before = beforeText === undefined ? undefined : readPosition(beforeText);
  if (beforeText !== undefined && !before) return { wrong: 'before' };
  return {
    query: {
      ...parts,
      ...(outcome === undefined ? {} : { outcome }),
      ...(since === undefined ? {} : { since }),
      ...(before === undefined ? {} : { before }),
      limit: readLimit(words('limit')),
    },
  };
}

export function readLimit(text: string | undefined): number {
  const limit = Number(text ?? usual);
  return Number.isInteger(limit) ? Math.min(Math.max(limit, 1), most) : usual;
}

/** As `next` says it, or a time. */
function readPosition(text: string): Position | undefined {
  const [, at, id = ''] = /^(\d+)~(.*)$/s.exec(text) ?? [];
  if (at !== undefined) return { at: Number(at), id };
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : { at: time, id: '' };
}

export function writePosition({ at, id }: Position): string {
  return `${at}~${id}`;
}

function isOutcome(text: string): text is LogOutcome {
  return (logOutcomes as readonly string[]).includes(text);
}
