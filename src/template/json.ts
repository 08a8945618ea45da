import { TriggerError } from '../errors.ts';
import { encoders } from './encode.ts';
import { parseTemplate, render, type Template, type Values } from './template.ts';

/** A JSON object with variables in its texts: it is built as data, so no value can change its shape. */
export interface JsonTemplate {
  readonly names: readonly string[];
  build(values: Values): Readonly<Record<string, unknown>>;
}

/** Throws E_TEMPLATE for what is no JSON object, or has more than `{{name}}` in one of its texts. */
export function parseJsonTemplate(text: string): JsonTemplate {
  const json = parsed(text);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new TriggerError('E_TEMPLATE', 'The JSON is not an object: it must begin with "{".');
  }
  const templates = new Map<string, Template>();
  walk(json, (leaf) => {
    if (!templates.has(leaf)) templates.set(leaf, parseTemplate(leaf));
    return leaf;
  });
  return {
    names: [...new Set([...templates.values()].flatMap(({ names }) => names))],
    build: (values) =>
      walk(json, (leaf) => {
        const template = templates.get(leaf);
        return template ? render(template, values, encoders.text) : leaf;
      }) as Record<string, unknown>,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new TriggerError('E_TEMPLATE', `This is no JSON: ${(error as Error).message}`);
  }
}

/** A copy with every text in it replaced. Own JSON, so its depth is what somebody wrote. */
function walk(value: unknown, replace: (leaf: string) => string): unknown {
  if (typeof value === 'string') return replace(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((entry) => walk(entry, replace));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, walk(one, replace)]));
}
