/** A metric with its values, as Prometheus tells them (text format 0.0.4). */
export interface Family {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly samples: readonly Sample[];
}

export interface Sample {
  /** Added to the family's name: `_bucket`, `_sum`, `_count`. */
  readonly suffix?: string;
  readonly labels: readonly Label[];
  readonly value: number;
}

export type Label = readonly [name: string, value: string];

/** Label values are given in the order in which the metric names its labels. */
export interface Counter {
  add(amount: number, ...labels: readonly string[]): void;
}

/** Set as a whole when someone asks: what is not named again is gone. */
export interface Gauge {
  replace(values: Iterable<readonly [value: number, ...labels: string[]]>): void;
}

export interface Histogram {
  observe(value: number): void;
}

export interface Registry {
  readonly counter: (name: string, help: string, labels?: readonly string[]) => Counter;
  readonly gauge: (name: string, help: string, labels?: readonly string[]) => Gauge;
  readonly histogram: (name: string, help: string, buckets: readonly number[]) => Histogram;
  readonly families: () => readonly Family[];
}

/** A metric has at most this many combinations of label values; what comes later counts as "other". */
const mostSeries = 500;

/** Metrics in memory. Every name gets the prefix; counting is one look into a map. */
export function createRegistry(prefix: string): Registry {
  const families: (() => Family)[] = [];
  return {
    counter: (name, help, labels = []) => {
      const series = createSeries(labels);
      families.push(() => ({ name: prefix + name, type: 'counter', help, samples: series.all() }));
      if (labels.length === 0) series.add(0, []);
      return { add: (amount, ...values) => series.add(amount, values) };
    },
    gauge: (name, help, labels = []) => {
      let series = createSeries(labels);
      families.push(() => ({ name: prefix + name, type: 'gauge', help, samples: series.all() }));
      return {
        replace: (values) => {
          series = createSeries(labels);
          for (const [value, ...given] of values) series.add(value, given);
        },
      };
    },
    histogram: (name, help, buckets) => {
      const counts = createBuckets(buckets);
      families.push(() => ({
        name: prefix + name,
        type: 'histogram',
        help,
        samples: counts.all(),
      }));
      return counts;
    },
    families: () => families.map((family) => family()),
  };
}

function createSeries(names: readonly string[]) {
  const series = new Map<string, { value: number; readonly labels: readonly Label[] }>();
  const others = names.map(() => 'other');

  function add(amount: number, values: readonly string[]): void {
    const key = values.length === 1 ? values[0]! : values.join('\0');
    const known = series.get(key);
    if (known) known.value += amount;
    else if (series.size >= mostSeries && values !== others) add(amount, others);
    else
      series.set(key, { value: amount, labels: names.map((name, i) => [name, values[i] ?? '']) });
  }

  return { add, all: (): readonly Sample[] => [...series.values()].map((one) => ({ ...one })) };
}

function createBuckets(limits: readonly number[]) {
  const counts = new Float64Array(limits.length + 1);
  let sum = 0;
  return {
    observe: (value: number): void => {
      const at = limits.findIndex((limit) => value <= limit);
      counts[at === -1 ? limits.length : at]! += 1;
      sum += value;
    },
    all: (): readonly Sample[] => {
      let count = 0;
      const buckets = [...counts].map((more, i): Sample => {
        count += more;
        const limit = numeral(limits[i] ?? Number.POSITIVE_INFINITY);
        return { suffix: '_bucket', labels: [['le', limit]], value: count };
      });
      return [
        ...buckets,
        { suffix: '_sum', labels: [], value: sum },
        { suffix: '_count', labels: [], value: count },
      ];
    },
  };
}

export const metricsContentType = 'text/plain; version=0.0.4; charset=utf-8';

/** What a Prometheus server reads, HELP and TYPE first for every metric. */
export function renderMetrics(families: readonly Family[]): string {
  return families.map(renderFamily).join('');
}

function renderFamily({ name, type, help, samples }: Family): string {
  const lines = samples.map(({ suffix = '', labels, value }) => {
    const pairs = labels.map(([label, text]) => `${label}="${escapeValue(text)}"`).join(',');
    return `${name}${suffix}${pairs === '' ? '' : `{${pairs}}`} ${numeral(value)}\n`;
  });
  return `# HELP ${name} ${escapeHelp(help)}\n# TYPE ${name} ${type}\n${lines.join('')}`;
}

function escapeHelp(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}

/** Every other character may stand as it is, but for halves of characters, which UTF-8 has none of. */
function escapeValue(text: string): string {
  return escapeHelp(text.toWellFormed()).replaceAll('"', '\\"');
}

function numeral(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return '+Inf';
  return value === Number.NEGATIVE_INFINITY ? '-Inf' : String(value);
}
