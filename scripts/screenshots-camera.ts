/** What every picture of `docs/images/` has in common. */
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';

export type Scheme = 'light' | 'dark';

export const root = join(import.meta.dirname, '..');
export const images = join(root, 'docs/images');

export function lens(colorScheme: Scheme, width: number, height: number): BrowserContextOptions {
  return {
    colorScheme,
    deviceScaleFactor: 1.5,
    reducedMotion: 'reduce',
    viewport: { width, height },
  };
}

export async function openLens(
  browser: Browser,
  scheme: Scheme,
  width: number,
  height: number,
): Promise<Page> {
  const context = await browser.newContext(lens(scheme, width, height));
  return context.newPage();
}

export async function take(what: Page | Locator, name: string, scheme: Scheme): Promise<void> {
  const path = join(images, `${name}-${scheme}.png`);
  await what.screenshot({ path, animations: 'disabled', caret: 'hide' });
  console.log(path.slice(root.length + 1));
}
