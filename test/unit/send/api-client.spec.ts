import assert from 'node:assert/strict';
import { createServer as createTlsServer } from 'node:https';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { ApiRequest } from '../../../src/provider/sender.ts';
import { callApi, type ApiOutcome } from '../../../src/send/api-client.ts';
import { createLine, type Line } from '../../../src/send/line.ts';
import { useSink } from '../../support/sink.ts';

describe('a call to a provider', () => {
  const sink = useSink();
  let line: Line;
  beforeEach(() => {
    line = createLine();
  });
  afterEach(() => line.close());

  const post = (url: string, more: Partial<ApiRequest> = {}): ApiRequest => ({
    method: 'POST',
    url,
    headers: { Authorization: 'Bearer secret-token' },
    body: '{"a":"è"}',
    ...more,
  });
  const call = (
    url: string,
    { timeout = 5_000, signal = new AbortController().signal, ...more }: Partial<Options> = {},
  ): Promise<ApiOutcome> => callApi(line, post(url, more), { apiUrl: url, signal, timeout });
  type Options = ApiRequest & { timeout: number; signal: AbortSignal };

  /** A server of bare connections. */
  async function listen(server: Server): Promise<number> {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }

  it('brings the whole answer, errors and redirects too', async () => {
    for (const status of [200, 302, 429, 500]) {
      const headers = { 'retry-after': '7', location: 'https://example.com/', 'X-Own': 'ü' };
      sink().behave({ kind: 'answer', status, headers, body: '{"b":"é"}' });
      const outcome = await call(`${sink().url}/v1/messages?x=1`);
      assert.ok(outcome.kind === 'answer');
      assert.equal(outcome.answer.status, status);
      assert.equal(outcome.answer.headers['retry-after'], '7');
      assert.equal(outcome.answer.body, '{"b":"é"}');
    }
    const [{ method, url, headers, body } = assert.fail()] = sink().received;
    assert.deepEqual([method, url, body], ['POST', '/v1/messages?x=1', '{"a":"è"}']);
    assert.equal(headers['content-length'], '10');
    assert.equal(headers['authorization'], 'Bearer secret-token');
    assert.equal(sink().received.length, 4, 'a redirect was followed');
  });

  it('uses a connection again', async () => {
    for (let n = 0; n < 5; n++) assert.equal((await call(sink().url)).kind, 'answer');
    assert.equal(await sink().connections(), 1);
  });

  it('knows that nothing was carried where nobody listens', async () => {
    const server = createServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    const outcome = await call(`http://127.0.0.1:${port}`);
    assert.equal(outcome.kind, 'unreached');
    assert.match('text' in outcome ? outcome.text : '', /ECONNREFUSED/);
  });

  it('knows that nothing was carried where no encrypted connection came about', async () => {
    const server = createTlsServer({});
    const port = await listen(server);
    const outcome = await call(`https://127.0.0.1:${port}`);
    assert.equal(outcome.kind, 'unreached');
    await new Promise((resolve) => server.close(resolve));
  });

  it('does not know what became of it where the connection breaks', async () => {
    for (const after of [undefined, '{"id']) {
      sink().behave({ kind: 'reset', ...(after === undefined ? {} : { after }) });
      assert.equal((await call(sink().url)).kind, 'broken');
    }
  });

  it('does not know what became of it without an answer in time, or with one that never ends', async () => {
    sink().behave({ kind: 'hang' });
    const late = await call(sink().url, { timeout: 50 });
    assert.equal(late.kind, 'broken');
    assert.match('text' in late ? late.text : '', /gave no answer within 0.05 s/);
    sink().behave({ kind: 'endless' });
    assert.equal((await call(sink().url)).kind, 'broken');
    sink().behave({ kind: 'slow' });
    assert.equal((await call(sink().url, { timeout: 50 })).kind, 'broken');
  });

  it('ends with its node', async () => {
    sink().behave({ kind: 'hang' });
    const life = new AbortController();
    const asked = sink().next();
    const outcome = call(sink().url, { signal: life.signal });
    await asked;
    life.abort(new Error('stopped'));
    assert.equal((await outcome).kind, 'broken');
    assert.equal((await call(sink().url, { signal: life.signal })).kind, 'unreached');
    await sink().quiet();
  });

  it('is never tried where it must not go or cannot be written', async () => {
    const cases: [string, Partial<ApiRequest>][] = [
      ['no address', {}],
      ['ftp://example.com/', {}],
      ['http://169.254.169.254/latest', {}],
      [sink().url, { headers: { Authorization: 'Bearer secret\ntoken' } }],
    ];
    for (const [url, more] of cases) {
      const outcome = await call(url, more);
      assert.equal(outcome.kind, 'impossible', url);
      assert.doesNotMatch('text' in outcome ? outcome.text : '', /secret/);
    }
    assert.deepEqual(sink().received, []);
  });

  it('goes to a private address only where the operator has entered its host', async () => {
    const { signal } = new AbortController();
    for (const apiUrl of ['', 'https://graph.facebook.com', 'http://127.0.0.1:1']) {
      const outcome = await callApi(line, post(sink().url), { apiUrl, signal });
      assert.equal(outcome.kind, 'impossible');
      const named = post(sink().url.replace('127.0.0.1', 'localhost'));
      assert.equal((await callApi(line, named, { apiUrl, signal })).kind, 'impossible');
    }
    assert.deepEqual(sink().received, []);
  });
});
