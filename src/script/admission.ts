import { accessSync, constants, realpathSync, type Stats, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { TriggerError } from '../errors.ts';
import { distrustOfFile, distrustOfFolder } from './rights.ts';
import type { ScriptType } from './script-type.ts';

export interface ScriptPlace {
  readonly type: ScriptType;
  readonly path: string;
  readonly folders: readonly string[];
}

/**
 * The real path of a script that may be run: a regular file inside a real allowed folder, which nobody
 * but root and the user of this process can have written or swapped. Throws E_SCRIPT_DENIED.
 */
export function admitScript({ type, path, folders }: ScriptPlace): string {
  const file = locate(path, folders);
  const roots = folders.flatMap((folder) => realPath(folder) ?? []);
  const root = roots.find((candidate) => isInside(candidate, file));
  if (root === undefined) throw denied(path, 'it does not lie inside an allowed folder');
  const stats = statSync(file);
  if (!stats.isFile()) throw denied(path, 'it is not a regular file');
  const distrust = distrustOfWay(stats, root, file);
  if (distrust) throw denied(path, distrust);
  if (!permits(file, constants.R_OK)) throw denied(path, 'Node-RED may not read it');
  if (type === 'other' && !permits(file, constants.X_OK)) {
    throw denied(path, 'it is not executable');
  }
  return file;
}

function locate(path: string, folders: readonly string[]): string {
  const candidates = isAbsolute(path) ? [path] : folders.map((folder) => join(folder, path));
  for (const candidate of candidates) {
    const found = realPath(candidate);
    if (found !== undefined) return found;
  }
  throw denied(path, 'there is no such file');
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function isInside(root: string, file: string): boolean {
  const way = relative(root, file);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function distrustOfWay(stats: Stats, root: string, file: string): string | undefined {
  const { getuid, getegid } = process;
  if (!getuid || !getegid) return undefined;
  const self = { uid: getuid(), gid: getegid() };
  const reason = distrustOfFile(stats, self);
  if (reason) return reason;
  let folder = file;
  do {
    folder = dirname(folder);
    const distrust = distrustOfFolder(statSync(folder), self);
    if (distrust) return `its folder ${folder} is not safe: ${distrust}`;
  } while (folder !== root);
  return undefined;
}

function permits(file: string, mode: number): boolean {
  try {
    accessSync(file, mode);
    return true;
  } catch {
    return false;
  }
}

function denied(path: string, reason: string): TriggerError {
  return new TriggerError('E_SCRIPT_DENIED', `The script "${path}" was refused: ${reason}.`);
}
