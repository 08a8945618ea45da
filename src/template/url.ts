import { TriggerError } from '../errors.ts';
import { encodeUrl } from './encode.ts';
import { parseTemplate, render, type Template, type Values } from './template.ts';

/** A URL with variables in its path, query or fragment; its origin is fixed. */
export interface UrlTemplate {
  readonly template: Template;
  /** Scheme, host and port, which no value can change. */
  readonly origin: string;
  readonly names: readonly string[];
  /** Whether a value lands in the path, where "." and ".." mean something. */
  readonly variablePath: boolean;
}

export interface BuildOptions {
  /** Parameters to add at the end, in order; a name that the query already has is left out. */
  readonly append?: Iterable<readonly [name: string, value: string]>;
}

const authorityPattern = /^https?:\/\/[^/?#\\]+(?=[/?#]|$)/i;
const placeholder = 'x';
// oxlint-disable-next-line no-control-regex -- that is what is looked for
const controls = /[\u0000-\u001f\u007f]/;
const dotSegment = /[\\/](?:\.|%2e){1,2}(?=[\\/]|$)/i;

/** Throws E_TEMPLATE, or E_URL with the reason, for what cannot become a safe http(s) URL. */
export function parseUrlTemplate(text: string): UrlTemplate {
  const trimmed = text.trim();
  const template = parseTemplate(trimmed);
  if (trimmed === '') throw urlError('The URL is empty.');
  if (controls.test(trimmed))
    throw urlError('The URL has a line break or a control character in it.');
  const fixed = fixedStart(template);
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(fixed)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') {
    throw urlError(`Only http:// and https:// are possible, not ${scheme}:.`);
  }
  const authority = authorityPattern.exec(fixed)?.[0];
  const open = authority?.length === fixed.length && template.names.length > 0;
  if (authority === undefined || open) throw urlError(authorityFault(template, fixed));
  const sample = parsed(sampleOf(template));
  const variablePath = template.tokens.some(
    ([kind, , at]) => kind === 'name' && inPath(trimmed, at),
  );
  if (variablePath && dotSegment.test(pathOf(trimmed))) {
    throw urlError('A path with variables has no room for "." and ".." in it.');
  }
  return { template, origin: sample.origin, names: template.names, variablePath };
}

/** Whether a text is one variable, which then stands for the whole URL. */
export function isOneVariable(text: string): boolean {
  return /^\{\{[^{}]*\}\}$/.test(text.trim());
}

/** The URL with every value percent-encoded in its place. Throws E_URL when a value would walk the path. */
export function buildUrl(url: UrlTemplate, values: Values, options: BuildOptions = {}): string {
  const rendered = render(url.template, values, encodeUrl);
  if (url.variablePath && dotSegment.test(pathOf(rendered))) {
    throw urlError('A variable made a "." or ".." in the path of the URL.');
  }
  const full = options.append ? appendQuery(rendered, options.append) : rendered;
  const result = parsed(full);
  if (result.origin !== url.origin) throw urlError('A variable changed the host of the URL.');
  return result.href;
}

/** Adds parameters that the query does not have yet, before any fragment. */
function appendQuery(url: string, pairs: Iterable<readonly [string, string]>): string {
  const hash = url.indexOf('#');
  const base = hash < 0 ? url : url.slice(0, hash);
  const mark = base.indexOf('?');
  const seen = new Set(mark < 0 ? [] : new URLSearchParams(base.slice(mark + 1)).keys());
  const added: string[] = [];
  for (const [name, value] of pairs) {
    if (seen.has(name)) continue;
    seen.add(name);
    added.push(`${encodeUrl(name)}=${encodeUrl(value)}`);
  }
  if (added.length === 0) return url;
  const joint = mark < 0 ? '?' : /[?&]$/.test(base) ? '' : '&';
  return base + joint + added.join('&') + (hash < 0 ? '' : url.slice(hash));
}

function fixedStart(template: Template): string {
  const first = template.tokens.find(([kind]) => kind === 'name');
  return first ? template.text.slice(0, first[2]) : template.text;
}

function authorityFault(template: Template, fixed: string): string {
  return template.names.length > 0 && /^https?:\/\//i.test(fixed)
    ? 'The host and port of the URL must be fixed: no variable may stand before the path.'
    : 'The URL must begin with http:// or https:// and a host, without variables.';
}

function sampleOf(template: Template): string {
  const values = Object.fromEntries(template.names.map((name) => [name, placeholder]));
  return render(template, values, encodeUrl);
}

function inPath(text: string, offset: number): boolean {
  return !/[?#]/.test(text.slice(0, offset));
}

/** Path of a URL as written, from the slash after the authority on. */
function pathOf(url: string): string {
  const start = authorityPattern.exec(url)?.[0].length ?? 0;
  const end = url.slice(start).search(/[?#]/);
  return end < 0 ? url.slice(start) : url.slice(start, start + end);
}

function parsed(url: string): URL {
  const result = URL.parse(url);
  if (!result) throw urlError('The URL is not valid.');
  return result;
}

function urlError(message: string): TriggerError {
  return new TriggerError('E_URL', message);
}
