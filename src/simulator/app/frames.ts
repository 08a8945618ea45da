export interface Frames {
  /** The data of each whole frame. */
  readonly data: readonly string[];
  /** The beginning of a frame whose end is yet to come. */
  readonly rest: string;
}

/**
 * Takes server-sent events apart. Only "\n" ends a line here: a customer may write U+2028, which JSON
 * leaves as it is and at which "." and "$" of a regular expression would stop.
 */
export function readFrames(text: string): Frames {
  const frames = text.split('\n\n');
  const rest = frames.pop() ?? '';
  return { data: frames.flatMap((frame) => /^data: ([^\n]*)/m.exec(frame)?.[1] ?? []), rest };
}
