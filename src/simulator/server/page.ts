import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { doorHtml, doorScript, doorStyle } from './door.ts';

export interface SimulatorPage {
  readonly html: string;
  /** What a browser without permission gets to see. */
  readonly door: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The built page as one document, script and style within: so a single permission check stands
 * before all of it, and the policy can name exactly what may run by its hash.
 */
export async function loadPage(folder: string): Promise<SimulatorPage> {
  const [html, script, style] = await Promise.all(
    ['index.html', 'page.js', 'style.css'].map((file) => readFile(join(folder, file), 'utf8')),
  );
  const code = (script ?? '').replaceAll('</script', '<\\/script');
  const sheet = style ?? '';
  const policy = [
    "default-src 'none'",
    `script-src ${sources(code, doorScript)}`,
    `style-src ${sources(sheet, doorStyle)}`,
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ];
  return {
    html: (html ?? '')
      .replace('<link rel="stylesheet" href="style.css" />', () => `<style>${sheet}</style>`)
      .replace('<script type="module" src="page.js"></script>', () => inline(code)),
    door: doorHtml,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy.join('; '),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    },
  };
}

function inline(code: string): string {
  return `<script type="module">${code}</script>`;
}

function sources(...texts: readonly string[]): string {
  return texts
    .map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`)
    .join(' ');
}
