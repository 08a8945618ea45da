import type { Node, NodeAPI } from 'node-red';
import { isEvent } from '../../../src/event/event.ts';
import { standardVariableNames, standardVariables } from '../../../src/event/standard-variables.ts';
import { isVariableName } from '../../../src/event/variable-name.ts';
import { asText, ownAt } from '../../../src/template/own-path.ts';
import { everyDeclared, sensitiveNames } from './declared.ts';

/** Every variable of a message; made when it is asked for, since most are never looked at. */
export interface Variables {
  get(name: string): string | undefined;
  /** The standard ones in their order, then the custom ones. */
  list(): [name: string, value: string][];
}

export interface Resolved {
  /** On an object without a prototype. */
  readonly values: Record<string, string>;
  /** Names that nothing has a value for. */
  readonly missing: readonly string[];
}

const eventParts = new Set(['account', 'interaction', 'message', 'contact', 'agent', 'delivery']);
const standardNames: ReadonlySet<string> = new Set(standardVariableNames);

/**
 * Every variable that a message has. What `msg.variables` says goes before the event, and a declared
 * default fills what is not set.
 */
export function flatVariables(RED: NodeAPI, msg: object): Variables {
  const own = ownAt(msg, ['variables']);
  const payload = ownAt(msg, ['payload']);
  let read: Partial<Record<string, string>> | undefined;

  function standard(name: string): string | undefined {
    read ??= isEvent(payload) ? standardVariables(payload) : {};
    return read[name];
  }
  function declared(name: string): string | undefined {
    for (const one of everyDeclared(RED)) if (one.name === name) return one.default || undefined;
    return undefined;
  }
  function get(name: string): string | undefined {
    if (!isVariableName(name)) return undefined;
    const text = scalarOf(own, name) ?? (standardNames.has(name) ? standard(name) : undefined);
    return text ?? declared(name);
  }

  return {
    get,
    list() {
      const found: [string, string][] = [];
      const add = (name: string): void => {
        const value = get(name);
        if (value !== undefined) found.push([name, value]);
      };
      standardVariableNames.forEach(add);
      for (const name of namesOf(own)) if (!standardNames.has(name)) add(name);
      for (const { name } of everyDeclared(RED)) {
        if (!standardNames.has(name) && scalarOf(own, name) === undefined) add(name);
      }
      return found;
    },
  };
}

/** What may leave in a list of all variables: those with a value that are not declared as sensitive. */
export function shareableVariables(RED: NodeAPI, flat: Variables): [string, string][] {
  const sensitive = sensitiveNames(RED);
  return flat.list().filter(([name, value]) => value !== '' && !sensitive.has(name));
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

function scalarOf(holder: unknown, name: string): string | undefined {
  if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, name))
    return undefined;
  const value = (holder as Record<string, unknown>)[name];
  return typeof value === 'object' ? undefined : asText(value);
}
