import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { nextInput, node, redeploy, useRuntime } from '../support/flow.ts';
import { event, useForward } from '../support/forward-flow.ts';

describe('url-forward, when things go wrong,', () => {
  useRuntime();
  const { sink, start, forward, received, lastStatus } = useForward();

  describe('fails at a Catch node', () => {
    for (const status of [301, 302, 307, 400, 404, 410, 429, 500, 503]) {
      it(`with E_HTTP_STATUS for ${status}`, async () => {
        const headers = { Location: `${sink().url}/elsewhere`, 'Content-Type': 'text/plain' };
        sink().behave({ kind: 'answer', status, headers, body: 'no' });
        await start({ retry: 'none' });
        const { error, response } = await forward();
        assert.equal(error.code, 'E_HTTP_STATUS');
        assert.match(error.message, new RegExp(String(status)));
        assert.equal(response.statusCode, status);
        assert.equal(response.body, 'no');
        assert.equal(received().path, '/');
        assert.equal(lastStatus().fill, 'red');
      });
    }

    it('with E_HTTP_TIMEOUT when nothing comes', async () => {
      sink().behave({ kind: 'hang' });
      await start({ timeout: '0.1', retry: 'none' });
      const { error, response } = await forward({ payload: event, response: 'of another node' });
      assert.equal(error.code, 'E_HTTP_TIMEOUT');
      assert.equal(response, undefined);
    });

    it('with E_HTTP_TIMEOUT when the answer never ends', async () => {
      sink().behave({ kind: 'slow' });
      await start({ timeout: 0.2, retry: 'none' });
      const { error, response } = await forward();
      assert.equal(error.code, 'E_HTTP_TIMEOUT');
      assert.equal(response.statusCode, 200);
    });

    it('with E_HTTP_NETWORK when the connection breaks, before or in the answer', async () => {
      sink().behave({ kind: 'reset' });
      await start({ retry: 'none' });
      assert.equal((await forward())['error'].code, 'E_HTTP_NETWORK');
      sink().behave({ kind: 'reset', after: 'half' });
      const { error, response } = await forward();
      assert.equal(error.code, 'E_HTTP_NETWORK');
      assert.equal(response.body, 'half');
    });

    for (const [what, url] of [
      ['nobody listens', 'http://127.0.0.1:1/'],
      ['no such host exists', 'http://nowhere.invalid/'],
    ]) {
      it(`with E_HTTP_NETWORK when ${what}`, async () => {
        await start({ url, retry: 'none' });
        assert.equal((await forward())['error'].code, 'E_HTTP_NETWORK');
      });
    }

    for (const [host, allow] of [
      ['127.0.0.1', []],
      ['localhost', []],
      ['localhost', ['localhost:1', '10.0.0.0/8']],
      ['169.254.169.254', ['169.254.0.0/16', '169.254.169.254']],
    ] as const) {
      it(`with E_HTTP_BLOCKED for ${host} when ${allow.join() || 'nothing'} is allowed`, async () => {
        await start({ url: `http://${host}:${sink().port}/`, allow });
        assert.equal((await forward())['error'].code, 'E_HTTP_BLOCKED');
        assert.deepEqual(sink().received, []);
        assert.equal(lastStatus().fill, 'red');
      });
    }

    it('with E_URL when a value would walk the path', async () => {
      await start({ url: `${sink().url}/a/{{text}}/b` });
      const { error } = await forward({ payload: event, variables: { text: '..' } });
      assert.equal(error.code, 'E_URL');
      assert.deepEqual(sink().received, []);
    });
  });

  for (const [host, allow] of [
    ['127.0.0.1', '127.0.0.0/8, 10.0.0.0/8'],
    ['127.0.0.1', ['127.0.0.1:<port>']],
    ['localhost', 'localhost'],
    ['localhost', ['LOCALHOST:<port>']],
  ] as const) {
    it(`calls ${host} when ${String(allow)} is allowed`, async () => {
      const { port } = sink();
      const list = Array.isArray(allow)
        ? allow.map((entry) => entry.replace('<port>', String(port)))
        : allow;
      await start({ url: `http://${host}:${port}/`, allow: list });
      assert.equal((await forward())['response']?.statusCode, 200);
    });
  }

  describe('refuses at deploy', () => {
    for (const [what, more, code, credentials] of [
      ['an unknown method', { method: 'PATCH' }, 'E_CONFIG'],
      ['an unknown kind of event data', { eventData: 'some' }, 'E_CONFIG'],
      ['an unknown body format', { bodyFormat: 'xml' }, 'E_CONFIG'],
      ['a time-out that is none', { timeout: 'soon' }, 'E_CONFIG'],
      ['a time-out of nothing', { timeout: 0 }, 'E_CONFIG'],
      ['no URL', { url: '' }, 'E_URL'],
      ['a host from a variable', { url: 'https://{{host}}/' }, 'E_URL'],
      ['a password in the URL', { url: 'https://a:b@crm.example/' }, 'E_URL'],
      ['a section in the URL', { url: 'https://crm.example/{{#a}}' }, 'E_TEMPLATE'],
      ['triple braces in a header', { headers: [{ name: 'X', value: '{{{a}}}' }] }, 'E_TEMPLATE'],
      [
        'a header of the transport',
        { headers: [{ name: 'Content-length', value: '1' }] },
        'E_CONFIG',
      ],
      ['a header of ours', { headers: [{ name: 'Webhook-Id', value: '1' }] }, 'E_CONFIG'],
      ['a header name from a variable', { headers: [{ name: '{{a}}', value: '1' }] }, 'E_CONFIG'],
      ['a selected name that is none', { selected: ['a b'] }, 'E_CONFIG'],
      [
        'a response variable that is none',
        { responseVariables: [{ variable: '1', path: 'a' }] },
        'E_CONFIG',
      ],
      [
        'a response path that is none',
        { responseVariables: [{ variable: 'a', path: '..' }] },
        'E_CONFIG',
      ],
      ['an allowed host that is none', { allow: ['10.0.0.0/64'] }, 'E_CONFIG'],
      ['basic without a user', { auth: 'basic' }, 'E_CONFIG'],
      ['bearer without a token', { auth: 'bearer' }, 'E_CONFIG'],
      ['a token with a line break', { auth: 'bearer' }, 'E_CONFIG', { token: 'a\r\nb' }],
      ['a signature without a secret', { auth: 'signature' }, 'E_CONFIG', { secret: 'whsec_' }],
    ] as const) {
      it(what, async () => {
        await start(more, credentials);
        assert.equal(lastStatus().fill, 'red');
        assert.match(lastStatus().text, new RegExp(code));
        assert.equal((await forward())['error'].code, code);
        assert.deepEqual(sink().received, []);
      });
    }
  });

  it('leaves no connection, no timer and no request behind a redeploy', async () => {
    sink().behave({ kind: 'hang' });
    await start();
    const arrived = sink().next();
    const caught = nextInput('caught');
    node('forward').receive({ payload: event });
    await arrived;
    assert.equal(await sink().connections(), 1);
    await redeploy([]);
    await sink().quiet();
    void caught;
  });

  it('keeps its connection for the next message, and closes it with the node', async () => {
    await start();
    await forward();
    await forward();
    assert.equal(await sink().connections(), 1);
    await redeploy([]);
    await sink().quiet();
  });

  it('sends what comes at once side by side, four at a time', async () => {
    let open = (): void => undefined;
    const until = new Promise<void>((resolve) => (open = resolve));
    sink().behave({ kind: 'answer', until });
    await start();
    const done = new Promise<void>((resolve) => {
      let count = 0;
      node('out').on('input', () => ++count === 20 && resolve());
    });
    for (let i = 0; i < 20; i++) node('forward').receive({ payload: { ...event, id: `e${i}` } });
    while (sink().received.length < 4) await sink().next();
    const fifth = sink().next();
    const early = await Promise.race([fifth, setTimeout(50, 'none')]);
    assert.equal(early, 'none');
    open();
    await done;
    assert.equal(sink().received.length, 20);
  });
});
