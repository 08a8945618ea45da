import assert from 'node:assert/strict';
import { nextInput, node, useRuntime } from '../support/flow.ts';
import { useDurable } from '../support/durable-forward.ts';
import { event } from '../support/forward-flow.ts';
import type { Mood } from '../support/sink.ts';

const hour = 3_600_000;

function* without<T>(end: number, piece: T): Iterable<T> {
  for (let i = 0; i < end; i++) yield piece;
}
const head = 'HTTP/1.1 200 OK\r\n';
const raw = (...bytes: string[]): Mood => ({ kind: 'raw', bytes });
const answer = (status: number, retryAfter?: string): Mood => ({
  kind: 'answer',
  status,
  headers: retryAfter === undefined ? {} : { 'Retry-After': retryAfter },
});

/** What a target can do to a request that may go well the next time. */
const retried: readonly [string, Mood, string][] = [
  ['answers 500', answer(500), 'E_HTTP_STATUS'],
  ['answers 408', answer(408), 'E_HTTP_STATUS'],
  ['answers 425', answer(425), 'E_HTTP_STATUS'],
  ['answers 429', answer(429), 'E_HTTP_STATUS'],
  ['answers 429 with nonsense in Retry-After', answer(429, '-1 soon'), 'E_HTTP_STATUS'],
  [
    'answers 503 with a date of long ago',
    answer(503, 'Sun, 06 Nov 1994 08:49:37 GMT'),
    'E_HTTP_STATUS',
  ],
  ['resets the connection', { kind: 'reset' }, 'E_HTTP_NETWORK'],
  ['resets the connection in its answer', { kind: 'reset', after: 'half' }, 'E_HTTP_NETWORK'],
  ['closes the connection early', raw(), 'E_HTTP_NETWORK'],
  [
    'closes it before the end that it has told',
    raw(`${head}Content-Length: 99\r\n\r\nx`),
    'E_HTTP_NETWORK',
  ],
  ['never answers', { kind: 'hang' }, 'E_HTTP_TIMEOUT'],
  ['answers a byte at a time', { kind: 'slow' }, 'E_HTTP_TIMEOUT'],
  ['speaks no HTTP', raw('SSH-2.0-OpenSSH_9.2\r\n'), 'E_HTTP_NETWORK'],
  [
    'answers with a lot of headers',
    { kind: 'raw', bytes: without(1_000_000, head + 'X-A: b\r\n'.repeat(999)) },
    'E_HTTP_NETWORK',
  ],
  [
    'says a thousand times that it will answer',
    { kind: 'raw', bytes: without(1000, 'HTTP/1.1 103 Early Hints\r\n\r\n') },
    'E_HTTP_NETWORK',
  ],
  [
    'has two lengths',
    raw(`${head}Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx`),
    'E_HTTP_NETWORK',
  ],
];

describe('url-forward at a target that', () => {
  useRuntime();
  const { sink, start, forward, take, kept, recovered, schedule, until } = useDurable(0.4);

  for (const [what, mood, code] of retried) {
    it(`${what}: tries again`, async () => {
      sink().behave(mood);
      await start({ timeout: 0.3 });
      let caught = 0;
      node('caught').on('input', () => (caught += 1));
      const out = nextInput('out');
      const codes = new Set<string | undefined>();
      const message = take({ payload: event });
      await message;
      for (const row of await kept()) codes.add(row.code);
      recovered();
      const { response } = await out;
      assert.deepEqual([...codes], [code]);
      assert.deepEqual([response.statusCode, response.attempts, caught], [200, 2, 0]);
      await until(async () => (await kept()).length === 0);
    });
  }

  it('speaks no TLS: keeps the forward', async () => {
    schedule(60);
    await start({ url: sink().url.replace('http:', 'https:') });
    await take({ payload: event });
    const [row] = await kept();
    assert.deepEqual([row?.state, row?.code], ['waiting', 'E_HTTP_NETWORK']);
  });

  for (const [what, header, least, most] of [
    ['seconds', '120', 120_000, 120_000],
    ['a date', () => new Date(Date.now() + 300_000).toUTCString(), 298_000, 300_000],
    ['a time beyond all reason', '99999999999', hour, hour],
  ] as const) {
    it(`asks for patience by ${what}: waits so long, up to an hour`, async () => {
      sink().behave(answer(429, typeof header === 'string' ? header : header()));
      await start();
      const before = Date.now();
      await take({ payload: event });
      const after = Date.now();
      const [row] = await kept();
      const nextAt = row?.nextAt ?? assert.fail();
      assert.ok(nextAt >= before + least && nextAt <= after + most);
    });
  }

  for (const to of ['http://169.254.169.254/latest/meta-data/', '/elsewhere']) {
    it(`redirects to ${to}: follows nowhere, and that is final`, async () => {
      sink().behave({ kind: 'answer', status: 307, headers: { Location: to } });
      await start();
      assert.equal((await forward())['error'].code, 'E_HTTP_STATUS');
      assert.equal(sink().received.length, 1);
      assert.equal((await kept())[0]?.state, 'dead');
    });
  }

  it('first says that it will go on: takes the answer behind it', async () => {
    sink().behave(raw(`HTTP/1.1 100 Continue\r\n\r\n${head}Content-Length: 2\r\n\r\nok`));
    await start();
    assert.equal((await forward())['response'].body, 'ok');
  });

  it('never ends its body: takes the beginning', async () => {
    sink().behave({ kind: 'endless' });
    await start();
    assert.equal((await forward())['response'].body.length, 64 * 1024);
  });
});
