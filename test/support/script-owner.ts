/** A process that does nothing but run the script order of its one argument. */
import { openRunner } from '../../src/script/runner.ts';

await openRunner(process.argv[3] ?? process.cwd()).run(
  JSON.parse(process.argv[2]!),
  new AbortController().signal,
);
