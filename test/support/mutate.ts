/** The same numbers for the same seed, so that a failure can be had again (mulberry32). */
export function numbersOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** What stands in a provider's place of a value one day, by mistake or by malice. */
const junk: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e300,
  '',
  ' ',
  'x',
  '__proto__',
  'constructor',
  'lone \ud83d',
  'NUL \0',
  'x'.repeat(10_000),
  [],
  {},
  [null],
  [[]],
  { '': '' },
];

/** Bytes with one small damage: a bit, a byte, a piece. */
export function damage(bytes: Uint8Array, seed: number): Uint8Array {
  const pick = numbersOf(seed);
  const copy = Buffer.from(bytes);
  const at = pick(copy.length || 1);
  const end = Math.min(copy.length, at + 1 + pick(12));
  switch (pick(6)) {
    case 0:
      copy[at]! ^= 1 << pick(8);
      return copy;
    case 1:
      copy[at] = pick(256);
      return copy;
    case 2:
      return Buffer.concat([copy.subarray(0, at), copy.subarray(end)]);
    case 3:
      return Buffer.concat([copy.subarray(0, end), copy.subarray(at)]);
    case 4:
      return copy.subarray(0, at);
    default:
      return Buffer.concat([copy.subarray(0, at), Buffer.from([pick(256)]), copy.subarray(at)]);
  }
}

/** A JSON value with one part of it replaced by junk, taken away, or put into a list. */
export function disturb(value: unknown, seed: number): unknown {
  const pick = numbersOf(seed);
  const copy: unknown = structuredClone(value);
  const spots: { readonly holder: Record<string, unknown>; readonly key: string }[] = [];
  const walk = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    for (const key of Object.keys(part)) {
      const holder = part as Record<string, unknown>;
      spots.push({ holder, key });
      walk(holder[key]);
    }
  };
  walk(copy);
  if (spots.length === 0) return junk[pick(junk.length)];
  const { holder, key } = spots[pick(spots.length)]!;
  const kind = pick(8);
  if (kind === 0) delete holder[key];
  else if (kind === 1) holder[key] = [holder[key], holder[key]];
  else holder[key] = junk[pick(junk.length)];
  return copy;
}

/** Puts a property into every object of a JSON value, `__proto__` as an own one too. */
export function addEverywhere(value: unknown, key: string, added: unknown): unknown {
  if (Array.isArray(value)) return value.map((entry) => addEverywhere(entry, key, added));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(
    ([name, part]) => [name, addEverywhere(part, key, added)] as const,
  );
  return Object.fromEntries([...entries, [key, added]]);
}
