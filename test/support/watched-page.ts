import type { BrowserContextOptions, Page } from 'playwright-core';
import { sharedBrowser } from './browser.ts';

/** A page in a browser context of its own, of which every complaint is kept. */
export interface WatchedPage {
  readonly page: Page;
  /** Errors on the console, errors nobody caught, dialogs that a script opened. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

export async function openPage(options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const browser = await sharedBrowser();
  const context = await browser.newContext(options);
  // Less than a test's own limit, so that a failure names what it waited for.
  context.setDefaultTimeout(45_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  context.on('console', (entry) => {
    const { url } = entry.location();
    if (entry.type() === 'error') complaints.push(`${entry.text()} (${url})`);
  });
  context.on('weberror', (error) => {
    const { stack = '', message } = error.error();
    if (!isOfNodeRed(stack)) complaints.push(`${message}\n${stack}`);
  });
  context.on('dialog', (dialog) => {
    complaints.push(`A script opened a dialog: ${dialog.message()}`);
    dialog.dismiss().catch((error: unknown) => complaints.push(String(error)));
  });
  return { page, complaints, close: () => context.close() };
}

/**
 * What Node-RED 4.1 throws at a quick hand, under the forms of core nodes too: its code editor is
 * closed while a worker still reads, its outline scrolls to a node that is not drawn yet.
 */
function isOfNodeRed(stack: string): boolean {
  return /\/vendor\/monaco\/|\.reveal \(.*\/red\.min\.js/.test(stack);
}
