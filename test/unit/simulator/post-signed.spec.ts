import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { postSigned } from '../../../src/simulator/server/post-signed.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

describe('the simulated provider posts', () => {
  let server: Server | undefined;

  async function listen(handler: Handler): Promise<URL> {
    server = createServer(handler).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/whatsapp/shop`);
  }

  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
    server = undefined;
  });

  it("with Meta's signature over the very bytes", async () => {
    const body = '{"text":"\\u00e0 \\/"}';
    const received = Promise.withResolvers<[IncomingMessage, Buffer]>();
    const url = await listen((request, response) => {
      void buffer(request).then((bytes) => {
        received.resolve([request, bytes]);
        response.writeHead(200).end();
      });
    });
    const { status, took } = await postSigned(url, body, 'secret');
    const [request, bytes] = await received.promise;
    assert.equal(status, 200);
    assert.ok(took >= 0 && took < 5000);
    assert.equal(bytes.toString(), body);
    assert.equal(request.headers['content-type'], 'application/json');
    assert.equal(
      request.headers['x-hub-signature-256'],
      `sha256=${createHmac('sha256', 'secret').update(bytes).digest('hex')}`,
    );
  });

  it('and reports a refusal as it came, following no redirect', async () => {
    const url = await listen((request, response) => {
      request.resume();
      response.writeHead(307, { location: 'http://192.0.2.1/' }).end();
    });
    assert.equal((await postSigned(url, '{}', 'secret')).status, 307);
  });

  it('and says where nobody listened', async () => {
    const url = await listen(() => undefined);
    server?.close();
    await assert.rejects(postSigned(url, '{}', 'secret'), {
      code: 'E_HTTP_NETWORK',
      message: /127\.0\.0\.1.*ECONNREFUSED/,
    });
  });

  it('and says when the connection broke before the answer', async () => {
    const url = await listen((request) => request.socket.destroy());
    await assert.rejects(postSigned(url, '{}', 'secret'), { code: 'E_HTTP_NETWORK' });
  });
});
