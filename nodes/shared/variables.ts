import type { Node, NodeAPI } from 'node-red';
import { isEvent } from '../../src/event/event.ts';
import { standardVariableNames, standardVariables } from '../../src/event/standard-variables.ts';
import { isVariableName } from '../../src/event/variable-name.ts';
import { asText, ownAt } from '../../src/template/own-path.ts';
import { houseOf } from './house.ts';

/** Values by name. */
export type Variables = ReadonlyMap<string, string>;

export interface Resolved {
  /** On an object without a prototype. */
  readonly values: Record<string, string>;
  /** Names that nothing has a value for. */
  readonly missing: readonly string[];
}

const eventParts = new Set(['account', 'interaction', 'message', 'contact', 'agent', 'delivery']);

/**
 * Every variable that a message has: the standard ones of its event, in their order, then the custom
 * ones. What `msg.variables` says goes before the event, and a declared default fills what is not set.
 */
export function flatVariables(RED: NodeAPI, msg: object): Variables {
  const own = ownAt(msg, ['variables']);
  const payload = ownAt(msg, ['payload']);
  const flat = new Map<string, string>();
  let standard: Record<string, string> | undefined;
  for (const name of standardVariableNames) {
    const text = scalarAt(own, name);
    if (text === undefined) standard ??= isEvent(payload) ? standardVariables(payload) : {};
    const value = text ?? standard?.[name];
    if (value !== undefined) flat.set(name, value);
  }
  const add = (name: string, value: string | undefined): void => {
    if (value !== undefined && isVariableName(name)) flat.set(name, value);
  };
  for (const name of namesOf(own)) if (!flat.has(name)) add(name, scalarAt(own, name));
  for (const declared of declaredVariables(RED)) {
    if (!flat.has(declared.name)) add(declared.name, declared.default || undefined);
  }
  return flat;
}

/** What may leave in a list of all variables: those with a value that are not declared as sensitive. */
export function shareableVariables(RED: NodeAPI, flat: Variables): [string, string][] {
  const sensitive = new Set<string>();
  for (const declared of declaredVariables(RED)) {
    if (declared.sensitive) sensitive.add(declared.name);
  }
  const shared: [string, string][] = [];
  flat.forEach((value, name) => {
    if (value !== '' && !sensitive.has(name)) shared.push([name, value]);
  });
  return shared;
}

/** The values that a template's names stand for, for this message at this node. */
export async function resolveNames(
  RED: NodeAPI,
  node: Node,
  msg: object,
  names: readonly string[],
  flat: Variables = flatVariables(RED, msg),
): Promise<Resolved> {
  const values = Object.create(null) as Record<string, string>;
  const missing: string[] = [];
  for (const name of names) {
    const found = flat.get(name) ?? asText(await lookUp(RED, node, msg, name));
    values[name] = found ?? '';
    if (found === undefined) missing.push(name);
  }
  return { values, missing };
}

/** Only contexts are asked asynchronously: their store may be a file or a server. */
function lookUp(RED: NodeAPI, node: Node, msg: object, name: string): unknown {
  const segments = name.split('.');
  const [root = '', ...rest] = segments;
  const payload = ownAt(msg, ['payload']);
  if (rest.length > 0) {
    if (root === 'flow' || root === 'global') return fromContext(node, root, rest);
    if (root === 'env') return RED.util.getSetting(node, rest.join('.'));
    if (eventParts.has(root) && isEvent(payload)) return ownAt(payload, segments);
  }
  return ownAt(msg, segments);
}

function fromContext(node: Node, scope: 'flow' | 'global', path: string[]): Promise<unknown> {
  const [key = '', ...rest] = path;
  if (key in Object.prototype) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    node.context()[scope].get(key, (error, value) => {
      if (error) reject(error);
      else resolve(ownAt(value, rest));
    });
  });
}

function namesOf(value: unknown): readonly string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}

function scalarAt(holder: unknown, name: string): string | undefined {
  const value = ownAt(holder, [name]);
  return typeof value === 'object' ? undefined : asText(value);
}

function* declaredVariables(RED: NodeAPI) {
  for (const list of houseOf(RED).variables.values()) yield* list;
}
