import type { IncomingHttpHeaders } from 'node:http';
import { asText, ownAt } from '../template/own-path.ts';

/** What the target said. */
export interface Answer {
  readonly statusCode: number;
  readonly headers: IncomingHttpHeaders;
  /** Parsed when it is JSON by its content type, else the text, cut at the limit. */
  readonly body: unknown;
}

/** Takes a value out of a JSON answer. */
export interface ResponseVariable {
  readonly variable: string;
  readonly path: readonly string[];
}

/** Nodes and context stores walk objects recursively: deeper ones stay text. */
const maxDepth = 64;

export function readBody(bytes: Buffer, headers: IncomingHttpHeaders): unknown {
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') return ''; // we asked for none
  const type = headers['content-type'] ?? '';
  const text = decode(bytes, type);
  if (!/^[^;]*[/+]json\b/i.test(type) || isDeep(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The variables that an answer gives, and the names of those that it has no value for. */
export function responseVariables(
  wanted: readonly ResponseVariable[],
  body: unknown,
): { readonly found: Record<string, string>; readonly missing: readonly string[] } {
  const found: Record<string, string> = {};
  const missing: string[] = [];
  for (const { variable, path } of wanted) {
    const text = asText(ownAt(body, path));
    if (text === undefined) missing.push(variable);
    else found[variable] = text;
  }
  return { found, missing };
}

const utf8 = new TextDecoder();

function decode(bytes: Buffer, type: string): string {
  const charset = /;\s*charset="?([^\s;"]+)/i.exec(type)?.[1];
  try {
    return (charset ? new TextDecoder(charset) : utf8).decode(bytes);
  } catch {
    return bytes.toString('utf8');
  }
}

function isDeep(json: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < json.length; i++) {
    const character = json[i];
    if (quoted) {
      if (character === '\\') i++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '{' || character === '[') {
      if (++depth > maxDepth) return true;
    } else if (character === '}' || character === ']') depth--;
  }
  return false;
}
