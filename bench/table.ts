/** One figure of a benchmark, with what was promised about it. */
export interface Figure {
  readonly name: string;
  readonly value: string;
  readonly target?: string;
  readonly met?: boolean;
}

export function atMost(name: string, value: number, limit: number, unit = '', digits = 1): Figure {
  const said = (number: number): string => `${number.toLocaleString('en')}${unit && ` ${unit}`}`;
  const shown = value.toLocaleString('en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return {
    name,
    value: `${shown}${unit && ` ${unit}`}`,
    target: `at most ${said(limit)}`,
    met: value <= limit,
  };
}

export function plain(name: string, value: number, unit = '', digits = 1): Figure {
  const shown = value.toLocaleString('en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return { name, value: `${shown}${unit && ` ${unit}`}` };
}

export function print(title: string, figures: readonly Figure[]): void {
  const names = Math.max(...figures.map(({ name }) => name.length));
  const values = Math.max(...figures.map(({ value }) => value.length));
  console.log(title);
  for (const { name, value, target, met } of figures) {
    const verdict = target === undefined ? '' : `   ${target}: ${met ? 'met' : 'MISSED'}`;
    console.log(`  ${name.padEnd(names)}  ${value.padStart(values)}${verdict}`);
  }
  console.log('');
}
