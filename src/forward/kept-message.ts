import type { Values } from '../template/template.ts';

/** The most that is kept of one message. */
const limit = 256 * 1024;

/** What every flow of ours needs; all else goes first when a message is too big. */
const essential: ReadonlySet<string> = new Set(['payload', 'topic', 'variables', 'trigger']);
/** Handles of a running process, and what the node itself adds. */
const leftOut: ReadonlySet<string> = new Set(['req', 'res', 'response', 'error']);
/** What stands beside the message; no name of its own begins so. */
const valuesName = '_values';

type Message = Record<string, unknown>;

export interface Kept {
  readonly message: Message;
  /** What the first request had of names that the message alone may not have again. */
  readonly values: Values;
}

/**
 * A message as JSON, to go on later, perhaps after a restart: what JSON cannot hold is left out, and so
 * are names with an underscore, which belong to the runtime. Undefined when it is too big. Of `values`,
 * which its templates were given, those are kept beside it that do not come from what is kept.
 */
export function keptMessage(msg: object, values: Values = {}): string | undefined {
  const parts = Object.entries(msg).flatMap(([name, value]) => {
    const json = goes(name) ? undefined : jsonOf(value);
    return json === undefined ? [] : [{ name, json }];
  });
  const least = parts.filter(({ name }) => essential.has(name));
  return bounded(parts, values) ?? bounded(least, values);
}

export function readKept(text: string): Kept {
  const { [valuesName]: values = {}, ...message } = JSON.parse(text) as Message;
  return { message, values: values as Values };
}

/** Another message in the place of a kept one, with the same values beside it. */
export function keptWith(msg: object, kept: string): string {
  const { values } = readKept(kept);
  return JSON.stringify(Object.keys(values).length === 0 ? msg : { ...msg, [valuesName]: values });
}

/** Whether nothing is ever kept of what a name of a template stands for. */
export function isLeftOut(name: string): boolean {
  return goes(rootOf(name));
}

function goes(property: string): boolean {
  return leftOut.has(property) || property.startsWith('_');
}

interface Part {
  readonly name: string;
  readonly json: string;
}

function bounded(parts: readonly Part[], values: Values): string | undefined {
  const names = new Set(parts.map(({ name }) => name));
  const lost = Object.entries(values).filter(([name]) => !names.has(rootOf(name)));
  const beside = { name: valuesName, json: JSON.stringify(Object.fromEntries(lost)) };
  const all = lost.length === 0 ? parts : [...parts, beside];
  const text = `{${all.map(({ name, json }) => `${JSON.stringify(name)}:${json}`).join()}}`;
  return Buffer.byteLength(text) <= limit ? text : undefined;
}

function rootOf(name: string): string {
  return name.split('.', 1)[0] ?? '';
}

function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined; // it runs in a circle, or is a BigInt
  }
}
