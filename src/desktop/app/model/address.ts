/** The address as the browser reads it, where it is one of the web; nothing else is ever opened. */
export function webAddress(url: string): string | undefined {
  const parsed = URL.parse(url);
  return parsed && /^https?:$/.test(parsed.protocol) ? parsed.href : undefined;
}

/** Empty where the address cannot be read. */
export function addressHost(url: string): string {
  return URL.parse(url)?.host ?? '';
}

const framePermissions = [
  'allow-scripts',
  'allow-forms',
  'allow-popups',
  'allow-popups-to-escape-sandbox',
  'allow-downloads',
  'allow-modals',
];

/**
 * What a dashboard page may do. It keeps its own origin, for its session and storage, unless that is
 * ours: then it could reach out of its frame. Moving the whole window is never allowed.
 */
export function frameSandbox(url: string, ownOrigin: string): string {
  const foreign = URL.parse(url)?.origin !== ownOrigin;
  return [...framePermissions, ...(foreign ? ['allow-same-origin'] : [])].join(' ');
}

/** The features of `window.open`: none for a tab; a size makes it a window of its own. */
export function windowFeatures(content: {
  readonly location: 'tab' | 'window' | 'dashboard';
  readonly width: number;
  readonly height: number;
}): string {
  if (content.location !== 'window') return '';
  return `popup,width=${side(content.width, 1024)},height=${side(content.height, 768)}`;
}

function side(pixels: number, fallback: number): number {
  return pixels > 0 ? Math.min(Math.max(Math.round(pixels), 200), 8192) : fallback;
}

/** A page that came over https shows no frame that did not; only the own machine counts as safe. */
export function isBlockedAsMixed(url: string, ownProtocol: string): boolean {
  const parsed = URL.parse(url);
  if (ownProtocol !== 'https:' || parsed?.protocol !== 'http:') return false;
  return !/^(?:localhost|.*\.localhost|127(?:\.\d+){3}|\[::1\])$/.test(parsed.hostname);
}
