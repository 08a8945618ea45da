import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A fresh folder for each test of the describe block, gone after it. */
export function useTempFolder(): () => string {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'whatsapp-triggers-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));
  return () => folder;
}
