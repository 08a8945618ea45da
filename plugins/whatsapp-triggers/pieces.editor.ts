/** Says a text of a catalogue. */
export type Tell = (key: string, values?: Values) => string;

export type Values = Readonly<Record<string, string | number>>;

/** A text with values in it: those are somebody else's words, and stay apart to be shown as such. */
export type Piece = string | { readonly value: string };

/** A text of the catalogue in pieces. The catalogue never sees the values: they may hold its own marks. */
export function piecesOf(tell: Tell, key: string, values: Values): readonly Piece[] {
  const names = Object.keys(values);
  const marks = Object.fromEntries(names.map((name, index) => [name, `\ue000${index}\ue001`]));
  const parts = tell(key, marks).split(/\ue000(\d+)\ue001/);
  return parts.flatMap((part, index): readonly Piece[] => {
    if (index % 2 === 0) return part === '' ? [] : [part];
    return [{ value: String(values[names[Number(part)] ?? ''] ?? '') }];
  });
}
