/** Loaded by every end-to-end spec: when the last one has run, nothing is left behind. */
import { closeSharedBrowser } from './browser.ts';
import { stopEveryNodeRed } from './node-red-process.ts';

after(async () => {
  await closeSharedBrowser();
  await stopEveryNodeRed();
});
