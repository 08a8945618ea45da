import * as v from 'valibot';
import { TriggerError } from '../../src/errors.ts';
import { isVariableName } from '../../src/event/variable-name.ts';
import type { ResponseVariable } from '../../src/forward/answer.ts';
import type { AuthKind } from '../../src/forward/auth.ts';
import { type HeaderTemplate, parseHeader } from '../../src/forward/headers.ts';
import type { RequestPlan } from '../../src/forward/request.ts';
import { parsePath } from '../../src/template/own-path.ts';
import { parseUrlTemplate, type UrlTemplate } from '../../src/template/url.ts';
import { choice, list, readConfig, seconds, words } from '../shared/schema.ts';
import { splitText } from '../shared/split-text.ts';

/** The properties of a url-forward node, checked. */
export interface ForwardConfig {
  readonly plan: RequestPlan;
  readonly eventData: 'all' | 'selected' | 'none';
  readonly selected: readonly string[];
  readonly retry: 'durable' | 'none';
  readonly auth: AuthKind;
  readonly authHeader: string;
  readonly allow: readonly string[];
  readonly responseVariables: readonly ResponseVariable[];
}

/** A list, or one text with an entry a line or between commas. */
const entries = v.nullish(
  v.pipe(
    v.union([v.string(), list(words())]),
    v.transform((found) =>
      typeof found === 'string'
        ? splitText(found)
        : found.map((entry) => entry.trim()).filter((entry) => entry !== ''),
    ),
  ),
  [],
);

const schema = v.object({
  method: choice(['GET', 'POST', 'PUT', 'DELETE'], 'GET'),
  url: words(),
  eventData: choice(['all', 'selected', 'none'], 'all'),
  selected: entries,
  /** Where the form keeps it: in the editor `selected` is what is selected on the canvas. */
  selectedVariables: entries,
  bodyFormat: choice(['form', 'json'], 'form'),
  headers: list(v.object({ name: words(), value: words() }, 'must be a name and a value')),
  auth: choice(['none', 'basic', 'bearer', 'apiKey', 'signature'], 'none'),
  authHeader: words(),
  timeout: seconds(15),
  retry: choice(['durable', 'none'], 'durable'),
  allow: entries,
  responseVariables: list(
    v.object({ variable: words(), path: words() }, 'must be a variable and a path'),
  ),
});

/** Throws E_CONFIG, E_URL or E_TEMPLATE for the first thing that is wrong. */
export function readForward(saved: unknown): ForwardConfig {
  const config = readConfig(schema, saved);
  return {
    plan: {
      method: config.method,
      url: forwardUrl(config.url),
      bodyFormat: config.bodyFormat,
      headers: config.headers.filter(isFilled).map(headerOf),
      timeout: config.timeout * 1000,
    },
    eventData: config.eventData,
    selected: [...config.selectedVariables, ...config.selected].map(checkName),
    retry: config.retry,
    auth: config.auth,
    authHeader: config.authHeader.trim() || 'X-API-Key',
    allow: config.allow,
    responseVariables: config.responseVariables.filter(isFilled).map(responseVariableOf),
  };
}

function forwardUrl(text: string): UrlTemplate {
  const url = parseUrlTemplate(text);
  if (/^[^/]*\/\/[^/?#]*@/.test(url.template.text)) {
    throw new TriggerError(
      'E_URL',
      'A password in the URL would be saved with the flow: choose basic authentication instead.',
    );
  }
  return url;
}

/** The form keeps a row that nobody has written in yet. */
function isFilled(row: Readonly<Record<string, string>>): boolean {
  return Object.values(row).some((cell) => cell.trim() !== '');
}

function headerOf({ name, value }: { name: string; value: string }): HeaderTemplate {
  return parseHeader(name, value);
}

function responseVariableOf(row: { variable: string; path: string }): ResponseVariable {
  const variable = checkName(row.variable.trim());
  const path = parsePath(row.path);
  if (path) return { variable, path };
  throw fault(`${JSON.stringify(row.path)} is no path for the variable ${variable}.`);
}

function checkName(name: string): string {
  if (isVariableName(name)) return name;
  throw fault(`${JSON.stringify(name)} is no name for a variable.`);
}

function fault(message: string): TriggerError {
  return new TriggerError('E_CONFIG', message);
}
