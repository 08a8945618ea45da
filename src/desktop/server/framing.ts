import type { IncomingHttpHeaders } from 'node:http';

/** Who may put a site into a frame: source expressions of each policy that it sent, all to be met. */
export type FrameRule = readonly (readonly string[])[];

/**
 * What a site's headers say about frames. With `frame-ancestors` a browser no longer looks at
 * X-Frame-Options, of which it knows DENY and SAMEORIGIN.
 */
export function frameRule(headers: IncomingHttpHeaders): FrameRule {
  const policies = String(headers['content-security-policy'] ?? '')
    .split(',')
    .flatMap((policy) => ancestorsOf(policy) ?? []);
  if (policies.length > 0) return policies.map((sources) => sources.split(/\s+/).filter(Boolean));
  const options = String(headers['x-frame-options'] ?? '').toLowerCase();
  if (/(?:^|,)\s*deny\s*(?:,|$)/.test(options)) return [["'none'"]];
  return /(?:^|,)\s*sameorigin\s*(?:,|$)/.test(options) ? [["'self'"]] : [];
}

/** Whether a page of `framer` may show `site` in a frame. */
export function mayFrame(rule: FrameRule, site: URL, framer: URL): boolean {
  return rule.every((sources) => sources.some((source) => covers(source, framer, site)));
}

/**
 * Whether a source expression of a content security policy covers a URL's origin; paths are not looked
 * at. `self` is the origin that the policy belongs to.
 */
export function covers(source: string, target: URL, self: URL): boolean {
  const text = source.toLowerCase();
  if (text === '*') return true;
  if (text === "'self'") return target.origin === self.origin;
  const scheme = /^([a-z][a-z0-9+.-]*):(?:\/\/)?$/.exec(text)?.[1];
  if (scheme !== undefined) return meetsScheme(scheme, target);
  const host = /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^/:[\]]+|\[[^\]]*\])(?::(\d+|\*))?(?:\/.*)?$/.exec(
    text,
  );
  if (!host) return false;
  const [, wantedScheme = self.protocol.slice(0, -1), name = '', port] = host;
  return meetsScheme(wantedScheme, target) && meetsHost(name, target) && meetsPort(port, target);
}

function ancestorsOf(policy: string): string | undefined {
  const directives = policy.split(';').map((directive) => directive.trim());
  const found = directives.find((directive) => /^frame-ancestors(?:\s|$)/i.test(directive));
  // An empty list is as strict as 'none'.
  return found && (found.replace(/^frame-ancestors\s*/i, '') || "'none'");
}

/** A scheme also covers its safe sister. */
function meetsScheme(scheme: string, { protocol }: URL): boolean {
  return protocol === `${scheme}:` || (scheme === 'http' && protocol === 'https:');
}

function meetsHost(name: string, { hostname }: URL): boolean {
  if (name.startsWith('*.')) return hostname.endsWith(name.slice(1));
  return hostname === name;
}

function meetsPort(wanted: string | undefined, { port, protocol }: URL): boolean {
  if (wanted === '*') return true;
  const usual = protocol === 'https:' ? '443' : '80';
  const actual = port || usual;
  return actual === (wanted ?? usual) || (wanted === '80' && actual === '443');
}
