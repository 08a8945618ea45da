/** The outcome of a run as tables that read well on a terminal and in Markdown. */
import { cpus, totalmem } from 'node:os';
import type { Ledger } from './ledger.ts';
import type { Lives } from './lives.ts';
import type { LoadReport } from './load.ts';

export interface Run {
  readonly kills: number;
  readonly seed: number;
  readonly seconds: number;
  readonly lives: Lives;
  readonly load: LoadReport;
  readonly ledger: Ledger;
}

type Row = readonly [string, ...(string | number)[]];

export function describeRun({ kills, seed, seconds, lives, load, ledger }: Run): string {
  const starts = [...lives.starts].sort((a, b) => a - b);
  const median = Math.round(starts[Math.floor(starts.length / 2)] ?? 0);
  const ends = [...lives.tally]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, { planned, reached }]): Row => [name, planned, reached]);
  return [
    `${kills} kills, seed ${seed}, ${Math.round(seconds)} s, median start ${median} ms`,
    table(['killed at', 'planned', 'reached'], ends),
    table(
      ['webhook requests', 'number'],
      [
        ['posted', load.requests],
        ...Object.entries(load.answers).map(([answer, count]): Row => [`ended ${answer}`, count]),
        ['messages in them', load.sent.length],
      ],
    ),
    table(['ledger', 'messages'], ledger.lines),
  ].join('\n\n');
}

/** docs/crash-test.md */
export function describeLongRun(run: Run): string {
  const date = new Date().toISOString().slice(0, 10);
  const memory = Math.round(totalmem() / 2 ** 30);
  return `# The crash test, long form

${date}; \`npm run test:crash -- --kills ${run.kills} --seed ${run.seed}\`; ${cpus().length} cores, ${memory} GiB,
${process.platform}, Node ${process.version}, Node-RED 5.

A Node-RED process with \`whatsapp-in\`, \`trigger-condition\` and \`url-forward\` is killed with SIGKILL again and again while a
load of signed webhooks runs; a request that is not answered 200 is sent again, as providers do. At the end every acknowledged message
has to be found in exactly one place: an effect at the target, a dead letter, set aside as what the process died with three times, or
pending in the store. Effects of one message bear one key, and the first effects of a contact come in the order of its messages.

${describeRun(run)}
`;
}

function table(head: Row, rows: readonly Row[]): string {
  const all = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const lines = all.map((row) => {
    const cells = row.map((cell, column) => {
      const width = widths[column] ?? 0;
      return column === 0 ? cell.padEnd(width) : cell.padStart(width);
    });
    return `| ${cells.join(' | ')} |`;
  });
  const rule = widths.map((width, column) => {
    return column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`;
  });
  return [lines[0], `| ${rule.join(' | ')} |`, ...lines.slice(1)].join('\n');
}
