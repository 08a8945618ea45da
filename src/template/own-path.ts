const segmentPattern = /^(?:\.?([^.[\]]+)|\[(\d+)\]|\["([^"]*)"\]|\['([^']*)'\])/;
const scalarTypes: ReadonlySet<string> = new Set(['number', 'boolean', 'bigint']);

/** The segments of `a.b[0]["c d"]`, or undefined when the text is not a path. */
export function parsePath(text: string): readonly string[] | undefined {
  const segments: string[] = [];
  let rest = text.trim();
  if (rest === '' || rest.startsWith('.')) return undefined;
  while (rest !== '') {
    const match = segmentPattern.exec(rest);
    if (!match) return undefined;
    segments.push(match[1] ?? match[2] ?? match[3] ?? match[4] ?? '');
    rest = rest.slice(match[0].length);
  }
  return segments;
}

/** What lies at the end of a path of own properties; nothing inherited is ever reached. */
export function ownAt(value: unknown, segments: readonly string[]): unknown {
  let current = value;
  for (const segment of segments) {
    if (typeof current !== 'object' || current === null) return undefined;
    if (!Object.hasOwn(current, segment)) return undefined;
    current = (current as Record<string, unknown>)[segment];
  }
  return current;
}

/** A value as a text shows it: objects as JSON. Undefined for what has no text, such as null or a function. */
export function asText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null) return jsonOf(value);
  return scalarTypes.has(typeof value) ? String(value) : undefined;
}

function jsonOf(value: object): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined; // a cycle, such as in msg.req
  }
}
