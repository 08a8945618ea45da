/** One thing that was looked at, in words for the person who fills in the form. */
export interface Finding {
  readonly state: 'ok' | 'warning' | 'wrong';
  readonly text: string;
}

/** The same as the server tells it: where the words are ours, the form has them in its language. */
export type Found = Pick<Finding, 'state'> & ({ readonly text: string } | Words);

interface Words {
  /** Below `finding` in the catalogue. */
  readonly key: string;
  readonly values?: Readonly<Record<string, string | number>>;
  /** A moment to be told, in milliseconds since 1970. */
  readonly at?: number;
  /** Properties of the form to be named. */
  readonly names?: readonly string[];
}
