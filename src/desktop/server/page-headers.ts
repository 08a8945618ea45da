const hostPattern = /^(?:https?:\/\/)?(?:\*\.)?(?:[a-z0-9-]+\.)*[a-z0-9-]+(?::(?:\d{1,5}|\*))?$/i;

/** Whether a text can stand in the list of hosts that a dashboard tab may show. */
export function isFrameHost(text: string): boolean {
  return hostPattern.test(text);
}

/**
 * The headers of every answer of a desktop. `frames` are the hosts that a dashboard tab may show; none
 * means any: a CTI URL's host is fixed by the flow's builder and never filled by a customer's text.
 * `embedIn` are the origins that may show the page itself in a frame; none means nobody.
 */
export function pageHeaders(
  frames: readonly string[],
  embedIn: readonly string[] = [],
): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    // A popup's frame inherits this policy, and its content has style attributes; nothing else inline.
    "style-src-attr 'unsafe-inline'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "media-src 'self'",
    `frame-src ${frames.length > 0 ? frames.join(' ') : 'http: https:'}`,
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${embedIn.length > 0 ? embedIn.join(' ') : "'none'"}`,
    "require-trusted-types-for 'script'",
    'trusted-types dompurify agent-desktop',
  ];
  return {
    'Content-Security-Policy': policy.join('; '),
    'X-Content-Type-Options': 'nosniff',
    // It knows no list of origins; every browser that we serve heeds the policy above.
    ...(embedIn.length > 0 ? {} : { 'X-Frame-Options': 'DENY' }),
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    // The page opens CTI windows and must see whether the browser let it.
    'Cross-Origin-Opener-Policy': 'same-origin-allow-popups',
    'Cross-Origin-Resource-Policy': 'same-origin',
  };
}
