import type { SavedRule } from '../../src/condition/rule.ts';
import { type AccountName, conditions } from '../../src/condition/sentence.ts';
import type { Words } from '../../src/condition/sentence-words.ts';

const widest = 38;
const mostLines = 2;

/** What the editor takes for the end of a line in a label. */
const lineEnd = '\\n ';

/**
 * The rule in words, cut to what a node in the workspace can say without being in the way; "" for a
 * rule that asks for nothing.
 */
export function ruleLabel(saved: SavedRule, accountName: AccountName, words?: Words): string {
  return linesOf(conditions(saved, accountName, words).replaceAll('\\', '/')).join(lineEnd);
}

function linesOf(text: string): readonly string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = `${lines.at(-1)} ${word}`.trim();
    if (line.length <= widest || lines.at(-1) === '') lines[lines.length - 1] = line;
    else lines.push(word);
  }
  const shown = lines.slice(0, mostLines);
  if (lines.length > mostLines) shown.push(`${shown.pop()} …`);
  return shown.map(shortened);
}

/** A word that is too long for a line of its own. */
function shortened(text: string): string {
  const points = Array.from(text);
  return points.length > widest + 2 ? `${points.slice(0, widest + 1).join('')}…` : text;
}
