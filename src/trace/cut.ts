/** What a text is written down as. */
export type Hide = (text: string) => string;

const longestText = 500;
const longestKey = 100;
const mostEntries = 100;
const deepest = 6;
/** All texts and keys of one value together; every entry counts for some. */
const mostCharacters = 8_000;
const entryCost = 4;

/**
 * A copy of anything that a flow may hold, as plain data and no bigger than a log can bear: long texts,
 * long lists and what lies deep is cut. Never throws.
 */
export function cut(value: unknown, hide: Hide = same): unknown {
  let left = mostCharacters;

  function copy(one: unknown, depth: number): unknown {
    switch (typeof one) {
      case 'string':
        return copyText(one, longestText);
      case 'boolean':
        return one;
      case 'number':
      case 'bigint':
        return copyNumber(one);
      case 'object':
        return one === null ? null : copyObject(one, depth);
      case 'undefined':
      case 'function':
      case 'symbol':
        return undefined;
    }
  }
  function copyText(text: string, most: number): string {
    const short = shortened(hide(text), Math.min(most, left));
    left -= Math.min(left, short.length);
    return short;
  }
  /** One that is to be hidden, such as a code, is so as a whole. */
  function copyNumber(number: number | bigint): unknown {
    const text = String(number);
    if (hide !== same && hide(text) !== text) return hide(text);
    return typeof number === 'bigint' ? text : number;
  }
  function copyObject(one: object, depth: number): unknown {
    if (depth >= deepest) return '…';
    if (ArrayBuffer.isView(one)) return `… ${one.byteLength} bytes`;
    const twin: unknown[] | Record<string, unknown> = Array.isArray(one) ? [] : {};
    for (const key of Object.keys(one).slice(0, mostEntries)) {
      if (left < entryCost) break;
      if (key === '__proto__') continue;
      left -= entryCost;
      const inner = copy((one as Record<string, unknown>)[key], depth + 1);
      if (Array.isArray(twin)) twin.push(inner ?? null);
      else if (inner !== undefined) twin[copyText(key, longestKey)] = inner;
    }
    return twin;
  }

  try {
    return copy(value, 0);
  } catch {
    return '…'; // a getter that throws
  }
}

/** Cut where no character is torn in two. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = /[\uD800-\uDBFF]/.test(text.charAt(most - 1)) ? most - 1 : most;
  return `${text.slice(0, Math.max(0, end))}…`;
}

function same(text: string): string {
  return text;
}
