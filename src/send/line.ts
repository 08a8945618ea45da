import { Agent as HttpAgent, type ClientRequest, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { portOf } from '../forward/exchange.ts';
import { createTargetPolicy, type TargetPolicy } from '../forward/target.ts';

/** A request without its body. */
export interface Dial {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

/** Connections to a provider: no redirects, no proxies, no compression. */
export interface Line {
  /**
   * Begins a request. Throws E_HTTP_BLOCKED for a target that is neither public nor on the host of
   * `apiUrl`, and what Node.js has against a header.
   */
  dial(request: Dial, apiUrl: string): ClientRequest;
  close(): void;
}

/** Idle connections go before most servers drop theirs: what is sent on a dropped one may be lost. */
const kept = { keepAlive: true, timeout: 4000, maxSockets: 64 };

/** Some hosts of media refuse whoever does not say what it is. */
const userAgent = 'node-red-contrib-whatsapp-triggers';

export function createLine(): Line {
  const agents = { http: new HttpAgent(kept), https: new HttpsAgent(kept) };
  const policies = new Map<string, TargetPolicy>();

  function policyFor(apiUrl: string): TargetPolicy {
    const known = policies.get(apiUrl) ?? createTargetPolicy(ownHost(apiUrl));
    policies.set(apiUrl, known);
    return known;
  }

  return {
    dial({ method, url, headers }, apiUrl) {
      const policy = policyFor(apiUrl);
      const isSecure = url.protocol === 'https:';
      const port = portOf(url);
      policy.check(url.hostname, port);
      return (isSecure ? httpsRequest : httpRequest)({
        protocol: url.protocol,
        hostname: url.hostname.replace(/^\[|\]$/g, ''),
        port,
        path: url.pathname + url.search,
        method,
        headers: { 'User-Agent': userAgent, ...headers },
        agent: isSecure ? agents.https : agents.http,
        lookup: policy.lookup(port),
      });
    },
    close() {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

/** A provider's host that the operator has entered may be on a private network. */
function ownHost(apiUrl: string): readonly string[] {
  const url = URL.parse(apiUrl);
  return url ? [`${url.hostname}:${portOf(url)}`] : [];
}
