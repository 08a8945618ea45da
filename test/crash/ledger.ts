import { readMessageId } from './message-id.ts';

/** One request at the sink: the message it was made for, its idempotency key, what it was answered. */
export interface Effect {
  readonly id: string;
  readonly key: string;
  readonly status: number;
}

/** What the outside has seen, and what the store holds at the end; messages by their ids. */
export interface Evidence {
  readonly sent: readonly string[];
  readonly acknowledged: readonly string[];
  /** In the order in which they came. */
  readonly effects: readonly Effect[];
  readonly deadLetters: readonly string[];
  /** Events that the process died with three times. */
  readonly setAside: readonly string[];
  readonly pending: readonly string[];
}

export interface Ledger {
  readonly lines: readonly (readonly [name: string, count: number])[];
  readonly violations: readonly string[];
  readonly pending: readonly string[];
}

/** Every acknowledged message has to be found in exactly one place, under one key and in its order. */
export function balance(evidence: Evidence): Ledger {
  const acknowledged = new Set(evidence.acknowledged);
  const done = new Set(evidence.effects.filter(succeeded).map(({ id }) => id));
  const { deadLetters } = evidence;
  // What has come to its end may have died with the process, or wait for that end to be noted.
  const ended = new Set([...done, ...deadLetters]);
  const setAside = without(evidence.setAside, ended);
  const pending = without(evidence.pending, ended);
  const placed = [...done, ...deadLetters, ...setAside, ...pending];
  const lost = without(evidence.acknowledged, new Set(placed));
  const keys = new Set(evidence.effects.map(({ key }) => key));
  const violations = [
    ...lost.map((id) => `lost: ${id} was acknowledged and is nowhere`),
    ...without(placed, acknowledged).map((id) => `unknown: ${id} was never acknowledged`),
    ...twice(placed).map((id) => `in two places: ${id}`),
    ...unsent(evidence),
    ...secondKeys(evidence.effects),
    ...outOfOrder(evidence.effects),
  ];
  return {
    lines: [
      ['acknowledged messages', acknowledged.size],
      ['= with an effect', done.size],
      ['+ dead letters', deadLetters.length],
      ['+ set aside after three crashes', setAside.length],
      ['+ pending in the store', pending.length],
      ['lost', lost.length],
      ['requests at the sink', evidence.effects.length],
      ['of them repeats with the same key', evidence.effects.length - keys.size],
      ['second keys', secondKeys(evidence.effects).length],
      ['out of order', outOfOrder(evidence.effects).length],
    ],
    violations,
    pending,
  };
}

function succeeded({ status }: Effect): boolean {
  return status < 300;
}

function without(ids: readonly string[], known: ReadonlySet<string>): string[] {
  return ids.filter((id) => !known.has(id));
}

function twice(ids: readonly string[]): string[] {
  const seen = new Set<string>();
  return ids.filter((id) => seen.size === seen.add(id).size);
}

function unsent({ effects, sent }: Evidence): string[] {
  const known = new Set(sent);
  const never = effects.filter(({ id }) => !known.has(id));
  return never.map(({ id }) => `out of nothing: ${id} was never sent`);
}

function secondKeys(effects: readonly Effect[]): string[] {
  const keyOf = new Map<string, string>();
  const idOf = new Map<string, string>();
  return effects.flatMap(({ id, key }) => {
    const clash = (keyOf.get(id) ?? key) !== key || (idOf.get(key) ?? id) !== id;
    keyOf.set(id, key);
    idOf.set(key, id);
    return clash ? [`second key: ${id} came with ${key}`] : [];
  });
}

/** Looks at the first request of each message: repeats and retries may come later than younger ones. */
function outOfOrder(effects: readonly Effect[]): string[] {
  const last = new Map<number, number>();
  const seen = new Set<string>();
  return effects.flatMap(({ id }) => {
    if (seen.has(id)) return [];
    seen.add(id);
    const { contact, sequence } = readMessageId(id);
    const before = last.get(contact) ?? 0;
    last.set(contact, Math.max(before, sequence));
    return sequence < before ? [`out of order: ${id} came after ${before}`] : [];
  });
}
