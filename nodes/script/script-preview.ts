import { accessSync, closeSync, constants, openSync, readSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import type { NodeAPI } from 'node-red';
import { admitScript } from '../../src/script/admission.ts';
import { standardPath } from '../../src/script/environment.ts';
import { failureOf } from '../../src/script/failure.ts';
import { openRunner } from '../../src/script/runner.ts';
import { commandLine, type ScriptType } from '../../src/script/script-type.ts';
import { type Asked, attachPreview, faultOf, tryPart } from '../shared/preview/route.ts';
import type { Fault, ScriptPreview, ScriptTest } from '../shared/preview/protocol.ts';
import { maskedScene, plainScene, type Scene } from '../shared/preview/scene.ts';
import { userDirectory } from '../shared/user-directory.ts';
import { allowedFolders, readScript } from './script-config.ts';
import { orderFor } from './script-order.ts';

const firstLineBytes = 256;
const shownOutput = 8 * 1024;

/** What a script node would run for a message and with what; and a run of it, of which nothing goes on. */
export function attachScriptPreview(RED: NodeAPI): void {
  attachPreview(RED, 'script', (asked) => Promise.resolve(preview(RED, asked)));
  attachPreview(RED, 'script/test', (asked) => test(RED, asked));
}

function preview(RED: NodeAPI, asked: Asked): ScriptPreview {
  const faults: Fault[] = [];
  const folders = tryPart(faults, () => allowedFolders(RED.settings)) ?? [];
  const order = orderOf(maskedScene(RED, asked), asked, folders);
  const { type, path, timeout } = order;
  const file = folders.length > 0 ? tryPart(faults, () => admitScript(order)) : undefined;
  return {
    folders,
    ...(file === undefined ? {} : { file }),
    interpreter: interpreterOf(type, file, timeout),
    command: words(type, file ?? path, timeout),
    environment: Object.entries(order.environment),
    stdin: order.stdin,
    faults,
  };
}

async function test(RED: NodeAPI, asked: Asked): Promise<ScriptTest> {
  const order = orderOf(plainScene(RED, asked), asked, allowedFolders(RED.settings));
  const environment = { ...order.environment, WA_DRY_RUN: '1' };
  const runner = openRunner(userDirectory(RED));
  try {
    const outcome = await runner.run({ ...order, environment }, asked.signal);
    const failure = failureOf(outcome, order.timeout / 1000);
    const { stdout = '', stderr = '', ...result } = 'result' in outcome ? outcome.result : {};
    return {
      ...result,
      stdout: stdout.slice(0, shownOutput),
      stderr: stderr.slice(0, shownOutput),
      faults: failure ? [faultOf(failure)] : [],
    };
  } finally {
    await runner.close();
  }
}

function orderOf({ RED, node, msg }: Scene, { config }: Asked, folders: readonly string[]) {
  return orderFor(RED, node, msg, readScript(config), folders);
}

function words(type: ScriptType, path: string, timeout: number): readonly string[] {
  const { file, args } = commandLine(type, path, timeout);
  return [file, ...args];
}

/** What runs the file; a file that is started itself says so in its first line. */
function interpreterOf(
  type: ScriptType,
  file: string | undefined,
  timeout: number,
): ScriptPreview['interpreter'] {
  if (type !== 'other') {
    const name = commandLine(type, file ?? '', timeout).file;
    return found(name, locate(name));
  }
  const [program = '', argument = ''] = file === undefined ? [] : shebangOf(file);
  const name = program.endsWith('/env') ? argument : program;
  return name === '' ? found('', file) : found(name, locate(name));
}

function found(name: string, path: string | undefined): ScriptPreview['interpreter'] {
  return path === undefined ? { name } : { name, path };
}

function shebangOf(file: string): readonly string[] {
  const head = Buffer.alloc(firstLineBytes);
  const opened = openSync(file, 'r');
  try {
    const size = readSync(opened, head, 0, firstLineBytes, 0);
    const [line = ''] = head.toString('utf8', 0, size).split('\n', 1);
    return line.startsWith('#!') ? line.slice(2).trim().split(/\s+/) : [];
  } finally {
    closeSync(opened);
  }
}

/** In the folders that scripts get as PATH. */
function locate(name: string): string | undefined {
  const places = isAbsolute(name)
    ? [name]
    : standardPath.split(delimiter).map((folder) => join(folder, name));
  return places.find((place) => {
    try {
      accessSync(place, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
