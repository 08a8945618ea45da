import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

const source = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What a page, or one part of it, does not do for people who use assistive technology, one line each. */
export async function barriers(page: Page, within?: string): Promise<string[]> {
  await page.evaluate(await source);
  const violations = await page.evaluate<
    Violation[]
  >(`axe.run(${within === undefined ? 'document' : JSON.stringify(within)}, { iframes: false, preload: false })
    .then(({ violations }) => violations)`);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${help}: ${html}\n${failureSummary}`),
  );
}

/** In both themes of the editor; Node-RED 4.1 has only one. */
export async function barriersInBothThemes(page: Page, within = '.wa-form'): Promise<string[]> {
  const turn = (isDark: boolean): Promise<unknown> =>
    page.evaluate(`document.documentElement.classList.toggle('nr-theme-dark', ${isDark})`);
  const light = await barriers(page, within);
  await turn(true);
  const dark = await barriers(page, within);
  await turn(false);
  return [...light, ...dark];
}
