/**
 * The browser of the end-to-end tests: CHROMIUM_PATH, else one that the system has, else the one in
 * the development dependencies. There is no fourth way: without a browser the run fails.
 */
import { access, constants } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const hint =
  'No browser could be started. Install Chromium ("apt-get install chromium"), or set CHROMIUM_PATH to a ' +
  'Chromium or Chrome, or run "npm ci" again for the one in the development dependencies.';

let launched: Promise<Browser> | undefined;

/** One browser serves a whole run; every test opens a context of its own in it. */
export function sharedBrowser(): Promise<Browser> {
  launched ??= launch().catch((error: unknown) => {
    throw new Error(hint, { cause: error });
  });
  return launched;
}

export async function closeSharedBrowser(): Promise<void> {
  const browser = await launched?.catch(() => undefined);
  launched = undefined;
  await browser?.close();
}

async function launch(): Promise<Browser> {
  const known = process.env['CHROMIUM_PATH'] ?? (await systemChromium());
  if (known) return start(known);
  const packaged = await import('@sparticuz/chromium');
  const path = await packaged.default.executablePath();
  try {
    return await start(path);
  } catch (error) {
    if (!String(error).includes('shared libraries')) throw error;
    return start(path, { env: await packagedLibraries(packaged.inflate) });
  }
}

/** The packaged browser's default arguments are not used: they turn web security off. */
function start(executablePath: string, options: LaunchOptions = {}): Promise<Browser> {
  return chromium.launch({ executablePath, args: ['--no-sandbox'], ...options });
}

/** A system without libnss3 and its kin: the package carries them along. */
async function packagedLibraries(
  inflate: (file: string) => Promise<string>,
): Promise<Record<string, string>> {
  const main = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const folder = await inflate(join(dirname(main), '../bin/al2023.tar.br'));
  const inherited = Object.entries(process.env).filter(([, value]) => value !== undefined);
  return {
    ...(Object.fromEntries(inherited) as Record<string, string>),
    LD_LIBRARY_PATH: join(folder, 'lib'),
  };
}

async function systemChromium(): Promise<string | undefined> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    for (const name of names) {
      const path = join(folder, name);
      const executable = await access(path, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (executable) return path;
    }
  }
  return undefined;
}
