import { common } from '../common.editor.ts';
import { make } from '../make.editor.ts';
import type { ShownRequest } from './protocol.ts';

/** The request line, the headers and the body, to be read and to be copied. */
export function makeRequestView({ method, url, headers, body }: ShownRequest): HTMLElement {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return make(
    'div',
    { class: 'wa-request' },
    make('div', { class: 'wa-request-line' }, make('b', {}, method), ' ', url),
    makeText(common('preview.headers'), lines.join('\n')),
    ...(body === '' ? [] : [makeText(common('preview.body'), legible(body))]),
  );
}

/** A text under a caption, cut to a height that can be scrolled, also by keyboard. */
export function makeText(caption: string, text: string): HTMLElement {
  const attributes = { class: 'wa-text', tabindex: '0', role: 'group', 'aria-label': caption };
  return make(
    'div',
    {},
    make('div', { class: 'wa-caption', 'aria-hidden': 'true' }, caption),
    make('pre', attributes, text),
  );
}

/** JSON indented, a form with one parameter a line. */
export function legible(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return /^[^\s=&]+=\S*$/.test(body) ? body.replaceAll('&', '\n&') : body;
  }
}
