/** A CRM as the outside world: it answers every address with a page and remembers what was asked. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface CrmRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface Crm {
  readonly url: string;
  /** host:port, as an allow list names it. */
  readonly host: string;
  readonly requests: readonly CrmRequest[];
  /** The first request for a path, already made or yet to come. */
  request(path: string, wanted?: (request: CrmRequest) => boolean): Promise<CrmRequest>;
  close(): Promise<void>;
}

export async function startCrm(status = 200): Promise<Crm> {
  const requests: CrmRequest[] = [];
  const waiting = new Set<(request: CrmRequest) => void>();
  const server = createServer((req, res) => {
    const url = new URL(req.url ?? '/', 'http://crm');
    const { method = '', headers } = req;
    const keep = (body: string) => {
      const kept = { method, path: url.pathname, query: url.searchParams, headers, body };
      requests.push(kept);
      for (const look of waiting) look(kept);
      const page = `<!doctype html><title>CRM</title><h1>Customer</h1><p>${url.pathname}</p>`;
      res.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(page);
    };
    text(req).then(keep, () => res.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}`,
    host,
    requests,
    request: (path, wanted = () => true) =>
      new Promise((resolve) => {
        const look = (request: CrmRequest) => {
          if (request.path !== path || !wanted(request)) return;
          waiting.delete(look);
          resolve(request);
        };
        waiting.add(look);
        for (const request of requests) look(request);
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
