/** `npm run bench`: what the package costs, measured side by side on this machine. */
import { removePackedPackage } from '../test/support/packed-package.ts';
import { compareMemory } from './memory.ts';
import { compareProcessor } from './processor.ts';

await compareProcessor();
await compareMemory();
await removePackedPackage();
