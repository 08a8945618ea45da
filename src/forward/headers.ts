import { TriggerError } from '../errors.ts';
import { encodeHeader, encoders } from '../template/encode.ts';
import { parseTemplate, render, type Template, type Values } from '../template/template.ts';

/** A header of the node's form: the name is fixed, variables may stand in the value. */
export interface HeaderTemplate {
  readonly name: string;
  readonly value: Template;
}

const namePattern = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** Those that frame the message belong to the HTTP client, and those of Standard Webhooks to us. */
const reserved: ReadonlySet<string> = new Set([
  '__proto__',
  'accept-encoding',
  'connection',
  'content-length',
  'expect',
  'host',
  'idempotency-key',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'webhook-id',
  'webhook-signature',
  'webhook-timestamp',
]);

/** Throws E_CONFIG for a name that is none or not the user's to set, E_TEMPLATE for the value. */
export function parseHeader(name: string, value: string): HeaderTemplate {
  return { name: headerName(name), value: parseTemplate(value) };
}

export function headerName(name: string): string {
  const trimmed = name.trim();
  if (!namePattern.test(trimmed)) {
    throw new TriggerError('E_CONFIG', `${JSON.stringify(trimmed)} is no name for a header.`);
  }
  if (reserved.has(trimmed.toLowerCase())) {
    throw new TriggerError('E_CONFIG', `The header ${trimmed} is set by the node itself.`);
  }
  return trimmed;
}

/** Variables are encoded one by one; the fixed text only where a header could not carry it. */
export function renderHeader(header: HeaderTemplate, values: Values): string {
  const text = render(header.value, values, encoders.header).trim();
  return text.replace(/[^ -~]+/g, encodeHeader);
}
