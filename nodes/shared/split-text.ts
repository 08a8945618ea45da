/** The entries of a list that was written as one text: one a line or between commas. */
export function splitText(text: string): readonly string[] {
  return text
    .split(/[\n,]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}
