import type { WebhookRequest } from '../provider.ts';

/**
 * The URLs that Twilio may have signed for this request. Where the operator has entered the public URL
 * only that one counts, with the query that came; what a proxy made of host, scheme and path does not.
 * Else it is the host that was asked, over either scheme, since a proxy may have ended the TLS.
 *
 * Twilio's servers do not agree whether a port belongs to it, nor how a query is escaped; these are the
 * forms that Twilio's own libraries try.
 */
export function signedUrls(request: WebhookRequest): ReadonlySet<string> {
  const urls = new Set<string>();
  for (const asked of askedUrls(request)) {
    const escaped = URL.canParse(asked) ? new URL(asked).href : asked;
    for (const url of [asked, escaped, withRewrittenQuery(escaped)]) {
      urls.add(withPort(url, 'none')).add(withPort(url, 'standard'));
    }
  }
  return urls;
}

function askedUrls({ url, headers, publicUrl = '' }: WebhookRequest): string[] {
  if (publicUrl.trim() === '') {
    const { host } = headers;
    return host ? [`https://${host}${url}`, `http://${host}${url}`] : [];
  }
  const [known = ''] = publicUrl.trim().split('#', 1);
  const query = url.indexOf('?');
  return [query < 0 ? known : known.split('?', 1)[0]! + url.slice(query)];
}

/** The URL without its port, or with the scheme's own where it has none. */
function withPort(url: string, port: 'none' | 'standard'): string {
  const parts =
    /^([a-z][a-z0-9+.-]*:\/\/)((?:[^/?#]*@)?(?:\[[^\]/?#]*\]|[^/?#:]*))(:[^/?#]*)?/i.exec(url);
  if (!parts) return url;
  const [whole, scheme = '', host = '', given] = parts;
  const rest = url.slice(whole.length);
  if (port === 'none') return scheme + host + rest;
  return scheme + host + (given ?? (scheme.toLowerCase() === 'https://' ? ':443' : ':80')) + rest;
}

/** The query as Node's old `querystring` writes it: repeated names together, its own set of escapes. */
function withRewrittenQuery(url: string): string {
  const start = url.indexOf('?');
  if (start < 0 || start === url.length - 1) return url;
  const values = new Map<string, string[]>();
  for (const pair of url.slice(start + 1).split('&')) {
    if (pair === '') continue;
    const [, [name, value] = ['', '']] = [...new URLSearchParams(`x&${pair}`)];
    const known = values.get(name);
    if (known) known.push(value);
    else values.set(name, [value]);
  }
  const query = [...values].flatMap(([name, all]) =>
    all.map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`),
  );
  return `${url.slice(0, start)}?${query.join('&')}`;
}
