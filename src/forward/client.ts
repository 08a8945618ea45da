import type { Agent } from 'node:http';
import type { Axios, InternalAxiosRequestConfig } from 'axios';
import { TriggerError } from '../errors.ts';
import { exchange, networkError, type Outcome } from './exchange.ts';
import type { ForwardRequest } from './request.ts';
import type { TargetPolicy } from './target.ts';

/** A node's own connections: they are filtered by its policy, and so shared with no other node. */
export interface Client {
  /** One try. Never rejects: a failure is part of the outcome. */
  send(
    request: ForwardRequest,
    extra: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<Outcome>;
  close(): void;
}

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

  async function linesOf(): Promise<Lines> {
    lines ??= openLines(policy);
    const ready = await lines;
    if (closed) throw new Error('the node was stopped');
    return ready;
  }

  return {
    async send(request, extra, signal) {
      try {
        const { axios } = await linesOf();
        const { method, timeout, body } = request;
        const headers = { ...request.headers, ...extra };
        const config = { url: request.url, method, headers, data: body, timeout, signal };
        return (await axios.request<Outcome>(config)).data;
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
  const axios = new Axios({
    adapter: async (config) => {
      const agent = config.url?.startsWith('https:') ? https : http;
      const data = await exchange(sendingOf(config), { policy, agent });
      return { data, status: data.answer?.statusCode ?? 0, statusText: '', headers: {}, config };
    },
  });
  return { axios, http, https };
}

function sendingOf(config: InternalAxiosRequestConfig) {
  const { url, method, data, timeout, signal } = config;
  if (!url || !method || !timeout || !signal) {
    throw new TriggerError('E_CONFIG', 'The request is not complete.');
  }
  return {
    url: new URL(url),
    method: method.toUpperCase(),
    headers: config.headers.toJSON() as Record<string, string>,
    body: String(data),
    timeout,
    signal: signal as AbortSignal,
  };
}

function shut({ http, https }: Lines): void {
  http.destroy();
  https.destroy();
}
