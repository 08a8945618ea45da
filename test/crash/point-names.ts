/** The points of the work at which the process is killed, by what the store is asked for. */
export const statements: Readonly<Record<string, RegExp>> = {
  write: /^INSERT INTO events/,
  commit: /^COMMIT/,
  checkpoint: /^PRAGMA wal_checkpoint/,
  take: /^UPDATE events SET handed = 1/,
  keep: /^INSERT INTO forwards/,
  outcome: /^(UPDATE|DELETE FROM) forwards/,
  mark: /^DELETE FROM events WHERE seq/,
  recover: /^UPDATE events SET handed = 0, again = 1, crashes/,
};

export interface Point {
  readonly name: string;
  /** The passage to be killed at is drawn from the first so many: later ones may be long in coming. */
  readonly passages: number;
}

const often = 60;
/** Only what the target refuses is kept. */
const seldom = 2;

const bothSides = (name: string, passages: number): Point[] =>
  ['before', 'after'].map((side) => ({ name: `${name}, ${side}`, passages }));

export const points: readonly Point[] = [
  ...bothSides('write', often),
  ...bothSides('commit', often),
  ...bothSides('flush', often),
  ...bothSides('answer', often),
  ...bothSides('hand-out', often),
  ...['before', 'sent', 'answered', 'after'].map((side) => ({
    name: `effect, ${side}`,
    passages: often,
  })),
  ...bothSides('keep', seldom),
  ...bothSides('outcome', seldom),
  ...bothSides('mark', often),
  ...bothSides('take', 2),
  ...bothSides('recover', 1),
  ...bothSides('checkpoint', 1),
];
