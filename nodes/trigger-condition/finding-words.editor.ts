import type { Finding } from '../../src/condition/finding.ts';
import { quote } from '../../src/condition/quote.ts';
import type { Rule } from '../../src/condition/rule.ts';
import { clause } from '../../src/condition/sentence.ts';
import type { Note } from './row-notes.editor.ts';
import { accountName, say, words } from './speech.editor.ts';

/** A finding in the words of the reader's language. */
export function noteOf(finding: Finding, rule: Rule): Note {
  const { code, level, text, near, other } = finding;
  const row = other && rule[other.list][other.row];
  const values = {
    ...(text === undefined ? {} : { text: quote(text) }),
    ...(row ? { other: clause(row, accountName, words) } : {}),
  };
  const said = say(`lint.${keyOf(finding)}`, values);
  const meant = near === undefined ? '' : ` ${say('lint.near', { near: quote(near) })}`;
  return { kind: level, text: `${said}${meant}` };

  function keyOf({ list }: Finding): string {
    if (code === 'alwaysMet' && list === 'any') return 'alwaysMetAny';
    return code;
  }
}
