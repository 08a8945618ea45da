import type { DeliveryStatus } from '../../src/event/event.ts';

/** One thing that the simulator does: a button of it, or a line of a scripted conversation. */
export type Deed =
  | { readonly verb: 'open' | 'customer' | 'business'; readonly text: string }
  | { readonly verb: 'image' | 'button'; readonly text: string }
  | { readonly verb: 'location' | 'again' }
  | { readonly verb: 'late'; readonly minutes: number; readonly text: string }
  | { readonly verb: 'delivery'; readonly status: DeliveryStatus }
  | { readonly verb: 'accept' | 'reject'; readonly agent: string }
  | { readonly verb: 'close'; readonly reason: string }
  | { readonly verb: 'wait'; readonly seconds: number };

export interface ScriptLine {
  /** From 1 on. */
  readonly line: number;
  readonly deed: Deed;
}

export interface ScriptFault {
  readonly line: number;
  /** A key below `script`. */
  readonly key: 'unknownVerb' | 'noText' | 'noNumber' | 'noStatus';
}

export interface Script {
  readonly lines: readonly ScriptLine[];
  readonly faults: readonly ScriptFault[];
}

export const statuses: readonly DeliveryStatus[] = ['sent', 'delivered', 'read', 'failed'];

const lineForm = /^([a-z]+)(?:\s+(\d+))?\s*(?::\s*(.*))?$/i;
const longestWait = 300;

/**
 * A conversation as text, one thing a line: `customer: Hello`, `business: …`, `open: …`, `image: …`,
 * `location`, `button: …`, `again`, `late 90: …` (minutes), `delivery: read`, `accept`, `reject: anna`,
 * `close: …`, `wait: 2` (seconds). What stands behind `#` at the beginning of a line is for people.
 */
export function readScript(text: string): Script {
  const lines: ScriptLine[] = [];
  const faults: ScriptFault[] = [];
  for (const [index, written] of text.split('\n').entries()) {
    const line = index + 1;
    const words = written.trim();
    if (words === '' || words.startsWith('#')) continue;
    const read = readLine(words);
    if (typeof read === 'string') faults.push({ line, key: read });
    else lines.push({ line, deed: read });
  }
  return { lines, faults };
}

function readLine(words: string): Deed | ScriptFault['key'] {
  const [, verb = '', number, rest = ''] = lineForm.exec(words) ?? [];
  const text = rest.trim();
  const known = verb.toLowerCase();
  if (number !== undefined && known !== 'late') return 'unknownVerb';
  switch (known) {
    case 'open':
    case 'customer':
    case 'business':
      return text === '' ? 'noText' : { verb: known, text };
    case 'image':
    case 'button':
      return { verb: known, text };
    case 'location':
    case 'again':
      return { verb: known };
    case 'late':
      if (number === undefined) return 'noNumber';
      return text === '' ? 'noText' : { verb: known, minutes: Number(number), text };
    case 'delivery': {
      const status = statuses.find((one) => one === text.toLowerCase());
      return status ? { verb: known, status } : 'noStatus';
    }
    case 'accept':
    case 'reject':
      return { verb: known, agent: text };
    case 'close':
      return { verb: known, reason: text };
    case 'wait': {
      const seconds = Number(text);
      const isSpan = text !== '' && seconds >= 0 && seconds <= longestWait;
      return isSpan ? { verb: known, seconds } : 'noNumber';
    }
    default:
      return 'unknownVerb';
  }
}
