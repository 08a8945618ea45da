/** One thing that was looked at, in words for the person who fills in the form. */
export interface Finding {
  readonly state: 'ok' | 'warning' | 'wrong';
  readonly text: string;
}
