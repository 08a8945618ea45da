const maxLength = 80;

/** Control characters, direction marks and line separators, which could make a line of a log lie. */
const deceptive = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Somebody's text within one of ours: in quotation marks, on one line, of a length that can be read. */
export function quote(text: string): string {
  const points = Array.from(text.slice(0, maxLength * 2 + 2));
  const shown = points.length > maxLength ? `${points.slice(0, maxLength).join('')}…` : text;
  return `"${shown.replaceAll(/["\\]/g, '\\$&').replaceAll(deceptive, escaped)}"`;
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
