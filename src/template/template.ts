import mustache from 'mustache';
import { TriggerError } from '../errors.ts';
import type { Encode } from './encode.ts';

/** A text with `{{name}}` or `{{a.b.c}}` in it, parsed and found harmless. */
export interface Template {
  readonly text: string;
  /** The names it asks for, in order of appearance, none twice. */
  readonly names: readonly string[];
  readonly tokens: readonly Token[];
}

type Token = readonly [kind: string, value: string, start: number, end: number];
export type Values = Readonly<Record<string, string>>;

const delimiters: [string, string] = ['{{', '}}'];
const namePattern = /^[\p{L}_][\p{L}\p{N}_$-]*(?:\.[\p{L}\p{N}_$-]+)*$/u;

/** Whether a text can stand between the braces. */
export function isTemplateName(text: string): boolean {
  return namePattern.test(text);
}

const refusals: Readonly<Record<string, string>> = {
  '{': 'triple braces',
  '&': 'unescaped output',
  '#': 'a section',
  '^': 'an inverted section',
  '/': 'the end of a section',
  '>': 'a partial',
  '!': 'a comment',
  '=': 'a change of delimiters',
};

/** Parses once; throws E_TEMPLATE with the position of the first thing that is more than a name. */
export function parseTemplate(text: string): Template {
  const fault = firstFault(text);
  if (fault) throw refusal(text, fault);
  const writer = new mustache.Writer();
  const tokens: Token[] = writer.parse(text, delimiters);
  const names = tokens.filter(([kind]) => kind === 'name').map(([, name]) => name);
  return { text, tokens, names: [...new Set(names)] };
}

/**
 * Puts the values in, each through the encoder and none looked at again. Only own entries of `values`
 * count; a name without a value gives nothing.
 */
export function render(template: Template, values: Values, encode: Encode): string {
  return renderer.renderTokens(
    template.tokens as never,
    new FlatContext(values),
    undefined,
    undefined,
    { escape: encode },
  );
}

const renderer = new mustache.Writer();

/** Mustache's own look-up walks prototypes and calls functions; this one reads a flat table of strings. */
class FlatContext extends mustache.Context {
  override lookup(name: string): string {
    const values: Values = this.view;
    return Object.hasOwn(values, name) ? (values[name] ?? '') : '';
  }
}

interface Fault {
  readonly offset: number;
  readonly reason: string;
}

/** What the parser would take for more than a name, or not at all, and where. */
function firstFault(text: string): Fault | undefined {
  let offset = text.indexOf('{{');
  while (offset >= 0) {
    const end = text.indexOf('}}', offset + 2);
    const tag = text.slice(offset + 2, end < 0 ? undefined : end).trim();
    const refused = refusals[tag.charAt(0)];
    if (refused) return { offset, reason: `it is ${refused}` };
    if (end < 0) return { offset, reason: 'it is not closed' };
    if (!isTemplateName(tag)) return { offset, reason: 'it is not a name' };
    offset = text.indexOf('{{', end + 2);
  }
  return undefined;
}

function refusal(text: string, { offset, reason }: Fault): TriggerError {
  const before = text.slice(0, offset).split('\n');
  const line = before.length;
  const column = (before.at(-1)?.length ?? 0) + 1;
  const tag = text.slice(offset, offset + 30);
  return new TriggerError(
    'E_TEMPLATE',
    `Only {{name}} is possible in a text: ${JSON.stringify(tag)} at ${line}:${column} is refused, ${reason}.`,
    { details: { offset, line, column } },
  );
}
