/** A site of somebody else, over TLS, with one page. */
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificate } from './certificate.ts';

export interface TlsSite {
  readonly origin: string;
  close(): Promise<void>;
}

/** Under another name than the servers under test: for a browser that is another site. */
export async function startTlsSite(certificate: Certificate, page: () => string): Promise<TlsSite> {
  const server = createServer(certificate, (_, res) => {
    res.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page());
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    origin: `https://localhost:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
