/** One or two letters that stand for a name; the sign of a phone number when it has none. */
export function initials(name: string): string {
  const words = name.split(/[\s\p{P}]+/u).filter((word) => /^\p{L}/u.test(word));
  const [first, last] = [words[0], words.length > 1 ? words.at(-1) : undefined];
  const letters = [first, last].map((word) => /^./u.exec(word ?? '')?.[0] ?? '');
  return letters.join('').toLocaleUpperCase() || '#';
}
