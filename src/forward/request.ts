import { buildUrl, type UrlTemplate } from '../template/url.ts';
import type { Values } from '../template/template.ts';
import { type HeaderTemplate, renderHeader } from './headers.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
export type BodyFormat = 'form' | 'json';
export type Pair = readonly [name: string, value: string];

/** What a node's form says of its requests. */
export interface RequestPlan {
  readonly method: Method;
  readonly url: UrlTemplate;
  readonly bodyFormat: BodyFormat;
  readonly headers: readonly HeaderTemplate[];
  /** Milliseconds for the whole exchange. */
  readonly timeout: number;
}

/** One request as plain data, without secrets: it may be kept and tried again later. */
export interface ForwardRequest {
  /** Stable over every try of it. */
  readonly id: string;
  readonly method: Method;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeout: number;
}

export interface RequestData {
  readonly id: string;
  /** For the templates of URL and headers. */
  readonly values: Values;
  /** The event data to send; a parameter that the URL already names is left out. */
  readonly data: readonly Pair[];
}

const agentName = 'node-red-contrib-whatsapp-triggers';

export const contentTypes: Readonly<Record<BodyFormat, string>> = {
  form: 'application/x-www-form-urlencoded',
  json: 'application/json',
};

/** Throws E_URL when a value would make the URL lead elsewhere. */
export function buildRequest(plan: RequestPlan, { id, values, data }: RequestData): ForwardRequest {
  const bodyless = plan.method === 'GET' || plan.method === 'DELETE';
  const url = buildUrl(plan.url, values, bodyless ? { append: data } : {});
  const body = bodyless ? '' : bodyOf(plan.bodyFormat, unnamed(url, data));
  const headers: Record<string, string> = {
    Accept: 'application/json, text/plain, */*',
    'User-Agent': agentName,
  };
  if (body !== '') headers['Content-Type'] = contentTypes[plan.bodyFormat];
  for (const header of plan.headers) setHeader(headers, header.name, renderHeader(header, values));
  headers['Idempotency-Key'] = id;
  headers['webhook-id'] = id;
  return { id, method: plan.method, url, headers, body, timeout: plan.timeout };
}

function unnamed(url: string, data: readonly Pair[]): readonly Pair[] {
  if (!url.includes('?')) return data;
  const query = new URL(url).searchParams;
  return data.filter(([name]) => !query.has(name));
}

function bodyOf(format: BodyFormat, data: readonly Pair[]): string {
  if (data.length === 0) return '';
  if (format === 'form') return new URLSearchParams(data.map(([...pair]) => pair)).toString();
  return JSON.stringify(Object.fromEntries(data));
}

/** Header names know no case: what the form says takes the place of ours. */
function setHeader(headers: Record<string, string>, name: string, value: string): void {
  const known = Object.keys(headers).find((key) => key.toLowerCase() === name.toLowerCase());
  if (known) delete headers[known];
  headers[name] = value;
}
