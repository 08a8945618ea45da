/**
 * `node scripts/test.ts [step…] [-- mocha arguments]` runs the named steps, or all of them, one after
 * the other, the two lines of Node-RED beside each other, each whether or not the one before failed, and
 * ends with the line "N passed, N failed".
 * A step that is not a test run counts as one failure when it fails. A file of end-to-end tests that failed
 * is tried once more, alone, and is named at the end: what fails twice has failed.
 */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';

interface Outcome {
  readonly passed: number;
  readonly failed: number;
  /** What has to be known beside the numbers. */
  readonly note?: string;
}
interface TestRun extends Outcome {
  /** The files in which a test failed. */
  readonly files: readonly (Outcome & { readonly path: string })[];
}
type Step = (tell: (text: string) => void) => Promise<Outcome>;

const root = join(import.meta.dirname, '..');
/** Files of tests run at the same time: they wait more than they work. */
const cores = Math.max(2, availableParallelism());
const endToEnd = [
  '--timeout',
  '120000',
  '--slow',
  '5000',
  '--require',
  './test/support/packed-package.ts',
];
const steps: Readonly<Record<string, Step>> = {
  check: (tell) => command(tell, ['run', '--silent', 'check']),
  build: (tell) => command(tell, ['run', '--silent', 'build']),
  unit: (tell) => mocha(tell, ['test/unit/**/*.spec.ts'], 2 * cores),
  'flow-5': (tell) => mocha(tell, ['test/flow/**/*.spec.ts'], cores, { NODE_RED_LINE: '5' }),
  'flow-4': (tell) => mocha(tell, ['test/flow/**/*.spec.ts'], cores, { NODE_RED_LINE: '4' }),
  e2e: twice,
  crash: (tell) => command(tell, ['run', '--silent', 'test:crash']),
};
/** Those of one row run at the same time. */
const rows = [['check'], ['build'], ['unit'], ['flow-5', 'flow-4'], ['e2e'], ['crash']];

const separator = process.argv.indexOf('--');
const end = separator === -1 ? process.argv.length : separator;
const asked = process.argv.slice(2, end);
const mochaArguments = process.argv.slice(end + 1);
const unknown = asked.find((name) => !(name in steps));
if (unknown) throw new Error(`No step "${unknown}"; there are: ${Object.keys(steps).join(', ')}.`);

const report: string[] = [];
const total = { passed: 0, failed: 0 };
for (const row of rows) {
  const wanted = row.filter((name) => asked.length === 0 || asked.includes(name));
  await Promise.all(wanted.map((name, place) => take(name, place === 0)));
}
console.log(`\n${report.join('\n')}\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;

/** What it says is told as it comes, or held back to the end so as not to mix with another's. */
async function take(name: string, isFirst: boolean): Promise<void> {
  const title = `\n=== ${name} ===\n`;
  let held = title;
  const tell = (text: string): void => {
    if (isFirst) process.stdout.write(text);
    else held += text;
  };
  if (isFirst) process.stdout.write(title);
  const start = performance.now();
  const outcome = (await steps[name]?.(tell)) ?? { passed: 0, failed: 1 };
  const { passed, failed, note = '' } = outcome;
  if (!isFirst) process.stdout.write(held);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const tests = passed > 0 ? `, ${passed} passed` : '';
  report.push(
    `${name.padEnd(7)} ${seconds.padStart(6)} s  ${failed ? `${failed} FAILED` : 'ok'}${tests}${note}`,
  );
  total.passed += passed;
  total.failed += failed;
}

async function command(tell: (text: string) => void, args: readonly string[]): Promise<Outcome> {
  const { status } = await run(tell, 'npm', args, {});
  return { passed: 0, failed: status === 0 ? 0 : 1 };
}

/** The end-to-end tests; the files that failed once more, whose numbers then take the place of the first. */
async function twice(tell: (text: string) => void): Promise<Outcome> {
  const first = await mocha(tell, ['test/e2e/**/*.spec.ts'], cores, {}, endToEnd);
  const { files } = first;
  const inFiles = sum(files);
  if (files.length === 0 || inFiles.failed < first.failed) return first;
  const names = files.map(({ path }) => relative(root, path));
  tell(`\nOnce more, alone: ${names.join(', ')}\n`);
  const second = await mocha(
    tell,
    files.map(({ path }) => path),
    1,
    {},
    endToEnd,
  );
  return {
    passed: first.passed - inFiles.passed + second.passed,
    failed: second.failed,
    note: `, tried twice: ${names.join(', ')}`,
  };
}

function sum(outcomes: readonly Outcome[]): Outcome {
  return outcomes.reduce(
    (all, { passed, failed }) => ({ passed: all.passed + passed, failed: all.failed + failed }),
    { passed: 0, failed: 0 },
  );
}

async function mocha(
  tell: (text: string) => void,
  files: readonly string[],
  jobs: number,
  environment: Readonly<Record<string, string>> = {},
  options: readonly string[] = [],
): Promise<TestRun> {
  const program = join(root, 'node_modules/mocha/bin/mocha.js');
  const parallel = [
    '--reporter',
    './test/support/reporter.ts',
    '--parallel',
    '--jobs',
    String(jobs),
  ];
  const args = [program, ...parallel, ...options, ...mochaArguments, ...files];
  const { status, printed } = await run(tell, process.execPath, args, environment);
  const passed = Number(/^ {2}(\d+) passing/m.exec(printed)?.[1] ?? 0);
  const failed = Number(/^ {2}(\d+) failing/m.exec(printed)?.[1] ?? 0);
  const failures = printed.matchAll(/^(.+\.spec\.ts): (\d+) passed, (\d+) failed$/gm);
  return {
    passed,
    failed: failed === 0 && status !== 0 ? 1 : failed,
    files: Array.from(failures, ([, path = '', ...numbers]) => ({
      path,
      passed: Number(numbers[0]),
      failed: Number(numbers[1]),
    })),
  };
}

function run(
  tell: (text: string) => void,
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<{ status: number; printed: string }> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, NO_COLOR: '1', ...environment };
    const child = spawn(program, args, { cwd: root, env, stdio: ['inherit', 'pipe', 'inherit'] });
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      tell(text);
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ status: code ?? 1, printed }));
  });
}
