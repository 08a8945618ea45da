import type { Agent } from 'node:http';
import type { Axios, AxiosAdapter } from 'axios';
import { exchange, type Line, networkError, type Outcome, type Sending } from './exchange.ts';
import type { ForwardRequest } from './request.ts';
import type { TargetPolicy } from './target.ts';

/** A node's own connections: they are filtered by its policy, and so shared with no other node. */
export interface Client {
  /** One try. Never rejects: a failure is part of the outcome. */
  send(
    request: SentRequest,
    extra: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<Outcome>;
  close(): void;
}

export type SentRequest = Pick<ForwardRequest, 'url' | 'headers' | 'body' | 'timeout'> & {
  readonly method: string;
};

interface Lines {
  readonly axios: Axios;
  readonly http: Agent;
  readonly https: Agent;
}

/** Idle connections go before most servers drop theirs: a request on a dropped one fails. */
const agentOptions = { keepAlive: true, timeout: 4000, maxSockets: 32 };

export function createClient(policy: TargetPolicy): Client {
  let lines: Promise<Lines> | undefined;
  let closed = false;

  async function linesFor(signal: AbortSignal): Promise<Lines> {
    lines ??= openLines(policy);
    const ready = await lines;
    if (closed || signal.aborted) throw new Error('the node was stopped');
    return ready;
  }

  return {
    async send(request, extra, signal) {
      try {
        const { axios, http, https } = await linesFor(signal);
        const { method, body, timeout } = request;
        const url = new URL(request.url);
        const headers = { ...request.headers, ...extra };
        const agent = url.protocol === 'https:' ? https : http;
        const sending = { url, method, headers, body, timeout, signal };
        return (await axios.request<Outcome>({ adapter: adapterOf(sending, { policy, agent }) }))
          .data;
      } catch (error) {
        return { error: networkError(error as Error, new URL(request.url).host) };
      }
    },
    close() {
      closed = true;
      lines?.then(shut, () => undefined);
    },
  };
}

/** Loaded at the first request: a runtime without one does not carry them. */
async function openLines(policy: TargetPolicy): Promise<Lines> {
  const [{ Axios }, filters] = await Promise.all([
    import('axios'),
    import('request-filtering-agent'),
  ]);
  // The second line of defence: with no private target allowed, the agents themselves dial none.
  const trust = { allowPrivateIPAddress: !policy.strict, allowMetaIPAddress: !policy.strict };
  const http = new filters.RequestFilteringHttpAgent({ ...agentOptions, ...trust });
  const https = new filters.RequestFilteringHttpsAgent({ ...agentOptions, ...trust });
  // A bare instance: no redirects, proxies, decompression or transforms, which are costly and unwanted here.
  return { axios: new Axios(), http, https };
}

/**
 * The request goes around axios' own configuration, not through it: merging it and making its header
 * objects costs as much as the request itself.
 */
function adapterOf(sending: Sending, line: Line): AxiosAdapter {
  return async (config) => {
    const data = await exchange(sending, line);
    return { data, status: data.answer?.statusCode ?? 0, statusText: '', headers: {}, config };
  };
}

function shut({ http, https }: Lines): void {
  http.destroy();
  https.destroy();
}
