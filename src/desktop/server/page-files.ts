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

export async function readPageFile(
  folder: string,
  name: PageFile,
): Promise<{ readonly type: string; readonly body: Buffer }> {
  try {
    return { type: types[name], body: await readFile(join(folder, name)) };
  } catch (error) {
    const fault = new HttpFault(503, `The agents' page is not built: ${name} is missing.`);
    throw Object.assign(fault, { cause: error });
  }
}
