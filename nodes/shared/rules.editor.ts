import { isVariableName } from '../../src/event/variable-name.ts';
import { parsePath } from '../../src/template/own-path.ts';
import { isFromEnvironment, textOf } from './text.editor.ts';

/**
 * Why a value is wrong: a key of the node's catalogue with what fills it in, or a sentence that the
 * runtime's own check said.
 */
export type Reason =
  | { readonly key: string; readonly values?: Readonly<Record<string, string | number>> }
  | { readonly text: string };

/** Undefined means right. */
export type Rule = (value: unknown) => Reason | undefined;

const headerPattern = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const framePattern = /^(?:https?:\/\/)?(?:\*\.)?(?:[a-z0-9-]+\.)*[a-z0-9-]+(?::(?:\d{1,5}|\*))?$/i;
const bareIpv6Pattern = /^[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*$/;
const cidrPattern =
  /^(?:(?:\d{1,3}\.){3}\d{1,3}\/(?:[0-9]|[12]\d|3[0-2])|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*\/(?:\d|\d\d|1[01]\d|12[0-8]))$/;
const segmentPattern = /^[A-Za-z0-9_-]+$/;

export const required: Rule = (value) =>
  textOf(value).trim() === '' ? { key: 'reason.required' } : undefined;

/** A whole number within the bounds; as everywhere, it may have been saved as a text. */
export function wholeNumber(min: number, max: number): Rule {
  return (value) => {
    const number = Number(textOf(value).trim() || Number.NaN);
    const right = Number.isInteger(number) && number >= min && number <= max;
    return right ? undefined : { key: 'reason.number', values: { min, max } };
  };
}

export const variableName: Rule = (value) =>
  isVariableName(textOf(value)) ? undefined : { key: 'reason.variable' };

export const headerName: Rule = (value) => matched(headerPattern, value, 'reason.header');

export const objectPath: Rule = (value) =>
  parsePath(textOf(value)) ? undefined : { key: 'reason.path' };

/** A host, host:port or range of addresses. */
export const allowedHost: Rule = (value) => {
  const host = textOf(value).trim();
  const right = host.includes('/') ? cidrPattern.test(host) : isHost(host);
  return right ? undefined : { key: 'reason.host' };
};

function isHost(text: string): boolean {
  if (bareIpv6Pattern.test(text)) return true;
  return !/[?#@\\\s{}]/.test(text) && (URL.parse(`http://${text}/`)?.hostname ?? '') !== '';
}

/** A host that pages may come from: also with a scheme, also every host below one. */
export const frameHost: Rule = (value) =>
  framePattern.test(textOf(value).trim()) ? undefined : { key: 'reason.frame' };

export const origin: Rule = (value) => {
  const written = textOf(value).trim();
  return URL.parse(written)?.origin === written && /^https?:/.test(written)
    ? undefined
    : { key: 'reason.origin' };
};

/** The last part of a webhook's address. */
export const pathSegment: Rule = (value) =>
  matched(/^(?!\.+$)[\w.~-]{1,128}$/, value, 'reason.segment');

/** Where the agents' page is: segments joined by "/", the first of them not the webhooks'. */
export const pagePath: Rule = (value) => {
  const segments = textOf(value)
    .trim()
    .replaceAll(/^\/+|\/+$/g, '')
    .split('/');
  const right = segments.every((segment) => segmentPattern.test(segment));
  return right && segments[0] !== 'whatsapp' ? undefined : { key: 'reason.page' };
};

export const accountKey: Rule = (value) => matched(/^[A-Za-z0-9]{0,5}$/, value, 'reason.key');

/** A time in seconds, not only whole ones. */
export function secondsUpTo(max: number): Rule {
  return (value) => {
    const number = Number(textOf(value).trim() || Number.NaN);
    return number > 0 && number <= max ? undefined : { key: 'reason.seconds', values: { max } };
  };
}

/** A time in hours, not only whole ones; 0 is none. */
export function hoursUpTo(max: number): Rule {
  return (value) => {
    const number = Number(textOf(value).trim() || Number.NaN);
    return number >= 0 && number <= max ? undefined : { key: 'reason.hours', values: { max } };
  };
}

/** The first reason among several rules. */
export function all(...rules: readonly Rule[]): Rule {
  return (value) => {
    for (const rule of rules) {
      const reason = rule(value);
      if (reason) return reason;
    }
    return undefined;
  };
}

/** An environment variable is right too: what it holds is known only where the flow runs. */
export function orEnvironment(rule: Rule): Rule {
  return (value) => (isFromEnvironment(value) ? undefined : rule(value));
}

/** Nothing is right too. */
export function optional(rule: Rule): Rule {
  return (value) => (textOf(value).trim() === '' ? undefined : rule(value));
}

function matched(pattern: RegExp, value: unknown, key: string): Reason | undefined {
  return pattern.test(textOf(value)) ? undefined : { key };
}
