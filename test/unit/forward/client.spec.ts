import assert from 'node:assert/strict';
import { createServer, type Server, type Socket } from 'node:net';
import { attempt } from '../../../src/forward/attempt.ts';
import { type Client, createClient } from '../../../src/forward/client.ts';
import type { ForwardRequest } from '../../../src/forward/request.ts';
import { createTargetPolicy } from '../../../src/forward/target.ts';
import { useSink } from '../../support/sink.ts';

describe('A client', () => {
  const sink = useSink();
  let client: Client;
  const life = new AbortController();
  beforeEach(() => {
    client = createClient(createTargetPolicy(['127.0.0.1']));
  });
  afterEach(() => client.close());

  const request = (more: Partial<ForwardRequest> = {}): ForwardRequest => ({
    id: 'id',
    method: 'POST',
    url: `${sink().url}/`,
    headers: { Accept: '*/*' },
    body: 'à',
    timeout: 5000,
    ...more,
  });
  const context = () => ({ client, auth: { kind: 'none' } as const, now: 0, signal: life.signal });
  const send = (more: Partial<ForwardRequest> = {}) => attempt(request(more), context());

  it('sends just what the request says', async () => {
    await send({ headers: { 'X-One': '1', 'content-type': 'text/x' } });
    const [{ headers, body, method } = assert.fail()] = sink().received;
    assert.deepEqual([method, body], ['POST', 'à']);
    assert.deepEqual(headers, {
      connection: 'keep-alive',
      'content-length': '2',
      'content-type': 'text/x',
      host: new URL(sink().url).host,
      'webhook-timestamp': '0',
      'x-one': '1',
    });
  });

  it('does not touch the proxy of the environment', async () => {
    process.env['http_proxy'] = 'http://127.0.0.1:1';
    try {
      assert.equal((await send()).answer?.statusCode, 200);
    } finally {
      delete process.env['http_proxy'];
    }
  });

  it('never follows a redirect, nor sends the secret with it', async () => {
    const headers = { Location: `http://localhost:${sink().port}/there` };
    sink().behave({ kind: 'answer', status: 307, headers });
    const { error, answer } = await send();
    assert.equal(error?.code, 'E_HTTP_STATUS');
    assert.equal(answer?.statusCode, 307);
    assert.equal(sink().received.length, 1);
  });

  it('stops with its signal, at once', async () => {
    sink().behave({ kind: 'hang' });
    const stop = new AbortController();
    const pending = attempt(request(), { ...context(), signal: stop.signal });
    await sink().next();
    stop.abort();
    assert.equal((await pending).error?.code, 'E_HTTP_NETWORK');
    await sink().quiet();
  });

  it('sends nothing once its signal has come', async () => {
    const signal = AbortSignal.abort();
    const { error } = await attempt(request(), { ...context(), signal });
    assert.equal(error?.code, 'E_HTTP_NETWORK');
    assert.deepEqual(sink().received, []);
  });

  it('gives up what is under way when it is closed, and sends no more', async () => {
    sink().behave({ kind: 'hang' });
    const pending = send();
    await sink().next();
    client.close();
    assert.equal((await pending).error?.code, 'E_HTTP_NETWORK');
    assert.equal((await send()).error?.code, 'E_HTTP_NETWORK');
    assert.equal(sink().received.length, 1);
    await sink().quiet();
  });

  it('reads on after an answer that was cut', async () => {
    sink().behave({ kind: 'endless' });
    await send();
    sink().behave({ kind: 'answer', body: 'next' });
    assert.equal((await send()).answer?.body, 'next');
  });

  it('names no secret and no customer data in its errors', async () => {
    sink().behave({ kind: 'reset' });
    const url = `${sink().url}/canary?x=canary`;
    const { error } = await send({ url, body: 'canary', headers: { Authorization: 'canary' } });
    assert.equal(error?.code, 'E_HTTP_NETWORK');
    assert.doesNotMatch(`${error.message} ${JSON.stringify(error.details)}`, /canary/);
  });

  describe('against a peer that speaks bad HTTP', () => {
    let server: Server;
    let answer: (socket: Socket) => void;
    beforeEach(async () => {
      server = createServer((socket) => {
        socket.on('error', () => undefined);
        socket.once('data', () => answer(socket));
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    });
    afterEach(() => new Promise((resolve) => server.close(resolve)));

    for (const [what, said] of [
      ['rubbish', 'SSH-2.0-x\r\n'],
      ['an endless header', `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`],
      [
        'a switch of protocols',
        'HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n',
      ],
      ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
      ['nothing at all', ''],
      ['less than it promised', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab'],
      ['a broken chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
    ] as const) {
      it(`fails with a code for ${what}`, async () => {
        answer = (socket) => socket.end(said);
        const { port } = server.address() as { port: number };
        const { error } = await send({ url: `http://127.0.0.1:${port}/` });
        assert.equal(error?.code, 'E_HTTP_NETWORK');
      });
    }

    it('takes the answer that follows on interim ones', async () => {
      answer = (socket) =>
        socket.end('HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n');
      const { port } = server.address() as { port: number };
      const { answer: said } = await send({ url: `http://127.0.0.1:${port}/` });
      assert.equal(said?.statusCode, 204);
    });

    it('refuses a connection that is not the TLS it asked for', async () => {
      answer = (socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n');
      const { port } = server.address() as { port: number };
      const { error } = await send({ url: `https://127.0.0.1:${port}/` });
      assert.equal(error?.code, 'E_HTTP_NETWORK');
    });
  });
});
