import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NodeAPI } from 'node-red';

const passing = new WeakMap<object, string>();

/** A runtime without a user directory, as tests have it, gets one that is gone when nobody uses it. */
export function userDirectory(RED: NodeAPI): string {
  const { userDir } = RED.settings as { userDir?: string };
  if (userDir !== undefined) return userDir;
  const folder = passing.get(RED.events) ?? join(tmpdir(), `whatsapp-triggers-${randomUUID()}`);
  passing.set(RED.events, folder);
  return folder;
}

/** To be called when the last store is closed. */
export async function leaveUserDirectory(RED: NodeAPI): Promise<void> {
  const folder = passing.get(RED.events);
  passing.delete(RED.events);
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
}
