/** Makes another text of one that may tell who somebody is. */
export type Blur = (text: string) => string;

/**
 * Letters become "x" and digits "0", all else stays: lengths, words and the shape of a number are the
 * same. What `kept` holds is left as it is, wherever it stands, in capitals or not: rules look for it.
 */
export function createBlur(kept: readonly string[]): Blur {
  const words = [...new Set(kept)].filter((word) => word !== '');
  if (words.length === 0) return blurred;
  const longest = words.toSorted((a, b) => b.length - a.length).map(patternOf);
  const pattern = new RegExp(`(${longest.join('|')})`, 'giu');
  // Every second piece is one that was found.
  return (text) =>
    text
      .split(pattern)
      .map((part, i) => (i % 2 ? part : blurred(part)))
      .join('');
}

function blurred(text: string): string {
  return text
    .replaceAll(/\p{Lu}/gu, 'X')
    .replaceAll(/\p{L}/gu, (letter) => (letter === 'X' ? 'X' : 'x'))
    .replaceAll(/\p{Nd}/gu, '0');
}

/** A choice of a menu is kept alone only: all of them together would leave any number in clear. */
function patternOf(word: string): string {
  const pattern = escaped(word);
  return /^\d{1,2}$/.test(word) ? String.raw`(?<!\d)${pattern}(?!\d)` : pattern;
}

function escaped(word: string): string {
  return word.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}
