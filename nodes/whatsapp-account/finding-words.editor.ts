import type { Finding, Found } from './finding.ts';

/** A text of the node's catalogue. */
type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/** What the server has found, in the words of the catalogue. */
export function inWords(found: Found, say: Say): Finding {
  if ('text' in found) return found;
  const { state, key, values, at, names = [] } = found;
  const named = names.map((name) => say(`label.${name}`)).join(', ');
  const moment = at === undefined ? '' : momentOf(at);
  return { state, text: say(`finding.${key}`, { ...values, at: moment, names: named }) };
}

/** As the person at the browser writes a moment. */
function momentOf(at: number): string {
  return new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}
