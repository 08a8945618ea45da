import type { PageView } from '../../protocol.ts';
import type { Words } from '../words/en.ts';
import { addressHost } from './address.ts';

/** Text as a screen can show it: whole characters, no control characters but line breaks and tabs. */
export function safeText(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what this removes
  return text.toWellFormed().replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
}

/** The name of something that must have one, on one line and without orders to turn the text around. */
export function nameOr(text: string, fallback: string): string {
  const line = safeText(text).replace(/[\u202a-\u202e\u2066-\u2069]/g, '');
  return line.replace(/\s+/g, ' ').trim() || fallback;
}

export function pageTitle({ content }: PageView, { untitled }: Words['pages']): string {
  return content.kind === 'popup'
    ? nameOr(content.title, untitled.popup)
    : nameOr(content.tabTitle, addressHost(content.url) || untitled.cti);
}
