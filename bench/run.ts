/**
 * `npm run bench`: what the package costs and holds, measured side by side on this machine; with
 * letters behind it (`npm run bench -- b c`) only those.
 */
import { removePackedPackage } from '../test/support/packed-package.ts';
import { drain } from './backlog.ts';
import { answerBatches } from './batch.ts';
import { burst } from './burst.ts';
import { crowd } from './desktop.ts';
import { killOne } from './dead-target.ts';
import { compareLog } from './log.ts';
import { compareMemory } from './memory.ts';
import { compareProcessor } from './processor.ts';
import { startScripts } from './script-start.ts';
import { sustain } from './sustained.ts';

const benches: Readonly<Record<string, () => Promise<void>>> = {
  a: compareProcessor,
  b: sustain,
  c: burst,
  d: drain,
  e: killOne,
  f: startScripts,
  g: compareMemory,
  h: answerBatches,
  i: crowd,
  j: compareLog,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((letter) => !Object.hasOwn(benches, letter));
if (unknown.length > 0) throw new Error(`There is no benchmark ${unknown.join(', ')}.`);
for (const [letter, bench] of Object.entries(benches)) {
  if (wanted.length === 0 || wanted.includes(letter)) await bench();
}
await removePackedPackage();
