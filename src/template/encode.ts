/** Where a rendered value goes: it decides how the value is encoded. */
export type Place = 'url' | 'html' | 'header' | 'text';

export type Encode = (value: string) => string;

const htmlEntities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#x60;',
  '=': '&#x3D;',
  '/': '&#x2F;',
};

const htmlSpecial = /[&<>"'`=/]/;
const htmlSpecials = /[&<>"'`=/]/g;
const urlSpecial = /[^A-Za-z0-9_.~-]/;
const headerSpecial = /[^ -~]|%|^ | $/;
const headerSpecials = /[^ -~]+|%|^ +| +$/g;

/** Percent-encodes; a lone surrogate, which has no UTF-8 form, becomes U+FFFD instead of a throw. */
export function encodeUrl(value: string): string {
  return urlSpecial.test(value) ? encodeURIComponent(value.toWellFormed()) : value;
}

/** Escapes for text and for attribute values, quoted or not. */
export function encodeHtml(value: string): string {
  if (!htmlSpecial.test(value)) return value;
  return value.replace(htmlSpecials, (character) => htmlEntities[character] ?? character);
}

/**
 * Percent-encodes what an HTTP header cannot carry everywhere: all but printable ASCII, blanks at the ends,
 * and the percent sign itself, so that `decodeURIComponent` gives back the very value.
 */
export function encodeHeader(value: string): string {
  if (!headerSpecial.test(value)) return value;
  return value.toWellFormed().replace(headerSpecials, encodeURIComponent);
}

function keep(value: string): string {
  return value;
}

export const encoders: Readonly<Record<Place, Encode>> = {
  url: encodeUrl,
  html: encodeHtml,
  header: encodeHeader,
  text: keep,
};
