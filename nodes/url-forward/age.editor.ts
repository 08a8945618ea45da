const units = [
  { unit: 'd', seconds: 86_400 },
  { unit: 'h', seconds: 3_600 },
  { unit: 'min', seconds: 60 },
] as const;

/** A span in milliseconds to be read at a glance: "3 d", "5 h", "12 min", "40 s". */
export function ageOf(span: number): string {
  const seconds = Math.max(0, Math.round(span / 1000));
  const found = units.find((one) => seconds >= one.seconds);
  return found ? `${Math.floor(seconds / found.seconds)} ${found.unit}` : `${seconds} s`;
}
