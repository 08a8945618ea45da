import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HttpFault } from './http-fault.ts';

const types = {
  'index.html': 'text/html; charset=utf-8',
  'page.js': 'text/javascript; charset=utf-8',
  'style.css': 'text/css; charset=utf-8',
} as const;

export type PageFile = keyof typeof types;

/** The built page: beside the compiled code in a package, in `dist` when this file runs as it is. */
export function builtPageFolder(): string {
  const home = join(import.meta.dirname, '../../..');
  const beside = join(home, 'desktop');
  return existsSync(join(beside, 'index.html')) ? beside : join(home, 'dist/desktop');
}

/** A language other than "auto" is told to the page in its first tag. */
export async function readPageFile(
  folder: string,
  name: PageFile,
  language: 'auto' | 'en' | 'it' = 'auto',
): Promise<{ readonly type: string; readonly body: Buffer }> {
  try {
    const body = await readFile(join(folder, name));
    const fixed = name === 'index.html' && language !== 'auto';
    return { type: types[name], body: fixed ? inLanguage(body, language) : body };
  } catch (error) {
    const fault = new HttpFault(503, `The agents' page is not built: ${name} is missing.`);
    throw Object.assign(fault, { cause: error });
  }
}

function inLanguage(html: Buffer, language: 'en' | 'it'): Buffer {
  const tag = `<html lang="${language}" data-language="${language}">`;
  return Buffer.from(html.toString('utf8').replace(/<html\b[^>]*>/, tag));
}
