import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { hostileTexts } from '../fixtures/hostile.ts';
import { nextInput, node, useRuntime } from '../support/flow.ts';
import { event, useForward } from '../support/forward-flow.ts';

describe('url-forward', () => {
  useRuntime();
  const { sink, start, forward, received, lastStatus } = useForward();

  describe('sends the event data', () => {
    const filled = {
      uniqueid: '17',
      calleridnum: '+39 02 1',
      calleridname: 'Анна 100%',
      queue: 'Sales & Co',
      text: 'Ciao & "è" \ufffd',
      eventid: 'event-1',
    };
    const assertData = (data: URLSearchParams) => {
      for (const [name, value] of Object.entries(filled)) assert.equal(data.get(name), value);
      assert.equal(new Set(data.keys()).size, data.size, 'A parameter came twice.');
      assert.equal(data.has('agent'), false, 'A variable without a value was sent.');
    };

    for (const method of ['GET', 'DELETE']) {
      it(`in the query of a ${method}`, async () => {
        await start({ method, url: `${sink().url}/crm/?fixed=1#part` });
        const out = await forward();
        assert.equal(received().method, method);
        assert.equal(received().path, '/crm/');
        assert.equal([...received().query][0]?.join(), 'fixed,1');
        assert.equal(received().body, '');
        assertData(received().query);
        assert.equal(out['response'].statusCode, 200);
      });
    }

    for (const method of ['POST', 'PUT']) {
      it(`as a form in the body of a ${method}`, async () => {
        await start({ method });
        await forward();
        assert.equal(received().method, method);
        assert.equal(received().url, '/');
        assert.equal(received().headers['content-type'], 'application/x-www-form-urlencoded');
        assertData(new URLSearchParams(received().body));
      });
    }

    it('as JSON on request, down to a lone surrogate', async () => {
      await start({ method: 'POST', bodyFormat: 'json' });
      await forward();
      assert.equal(received().headers['content-type'], 'application/json');
      const data = JSON.parse(received().body);
      assert.deepEqual({ ...data, ...filled, text: event.message?.text }, data);
    });

    it('of the selected variables only, empty or not', async () => {
      const selected = ['queue', 'agent', 'ORDER'];
      await start({ method: 'POST', bodyFormat: 'json', eventData: 'selected', selected });
      await forward({ payload: event, variables: { ORDER: 9, queue: 'Other' } });
      assert.deepEqual(JSON.parse(received().body), { queue: 'Other', agent: '', ORDER: '9' });
    });

    it('all of it with GET when nothing is said', async () => {
      await start();
      await forward();
      assert.equal(received().method, 'GET');
      assertData(received().query);
    });

    it('not at all when told so', async () => {
      await start({ method: 'POST', eventData: 'none' });
      await forward();
      assert.equal(received().body, '');
      assert.equal(received().headers['content-length'], '0');
    });

    for (const method of ['GET', 'POST']) {
      it(`unless the URL of a ${method} names it already`, async () => {
        await start({ method, url: `${sink().url}?queue=mine&account={{account}}` });
        await forward();
        const { query, body } = received();
        assert.deepEqual(query.getAll('queue'), ['mine']);
        assert.deepEqual(query.getAll('account'), ['Shop']);
        const form = new URLSearchParams(body);
        assert.equal(form.has('queue') || form.has('account'), false);
      });
    }

    it('without what is declared as sensitive, and with declared defaults', async () => {
      const declared = {
        id: 'declared',
        type: 'trigger-variables',
        variables: [
          { name: 'PIN', sensitive: true },
          { name: 'LEVEL', default: 'gold' },
        ],
      };
      await start({}, {}, declared);
      await forward({ payload: event, variables: { PIN: '1234' } });
      assert.equal(received().query.has('PIN'), false);
      assert.equal(received().query.get('LEVEL'), 'gold');
    });
  });

  describe('fills templates', () => {
    it('in path, query and headers, each encoded for its place', async () => {
      await start({
        eventData: 'none',
        url: `${sink().url}/c/{{calleridnum}}/{{contact.name}}?t={{text}}`,
        headers: [
          { name: 'X-Name', value: 'to {{calleridname}}' },
          { name: 'X-Fixed', value: 'città 100%' },
          { name: 'User-Agent', value: 'mine' },
          { name: '', value: '' },
        ],
      });
      await forward({ payload: event, variables: { text: 'a\r\nX-Evil: 1\0' } });
      const { path, query, headers } = received();
      assert.deepEqual(path.split('/').map(decodeURIComponent), ['', 'c', '+39 02 1', 'Анна 100%']);
      assert.equal(query.get('t'), 'a\r\nX-Evil: 1\0');
      assert.equal(decodeURIComponent(String(headers['x-name'])), 'to Анна 100%');
      assert.equal(headers['x-fixed'], 'citt%C3%A0 100%');
      assert.equal(headers['user-agent'], 'mine');
      assert.equal(headers['x-evil'], undefined);
    });

    it('from any other message, context and environment', async () => {
      const url =
        `${sink().url}/{{payload.order.id}}?list={{payload.list}}&topic={{topic}}` +
        '&flow={{flow.shop.city}}&global={{global.country}}&env={{env.TEST_ZONE}}';
      process.env['TEST_ZONE'] = 'north';
      try {
        await start({ url });
        node('forward')['context']().flow.set('shop', { city: 'Milano' });
        node('forward')['context']().global.set('country', 'IT');
        await forward({ topic: 'orders', payload: { order: { id: 'A/7' }, list: [1, 2] } });
      } finally {
        delete process.env['TEST_ZONE'];
      }
      const { path, query } = received();
      assert.equal(path, '/A%2F7');
      assert.deepEqual(Object.fromEntries(query), {
        list: '[1,2]',
        topic: 'orders',
        flow: 'Milano',
        global: 'IT',
        env: 'north',
      });
    });

    it('with whatever a customer writes, unchanged', async () => {
      const url = `${sink().url}/a/{{text}}/b?t={{message.text}}`;
      await start({ method: 'POST', url, headers: [{ name: 'X-Text', value: '[{{text}}]' }] });
      for (const text of hostileTexts) {
        const message = { ...event.message, text };
        const variables = JSON.parse('{"__proto__": "x", "constructor": "y", "a b": "z"}');
        const out = await forward({ payload: { ...event, message }, variables });
        assert.equal(out['response']?.statusCode, 200, text);
        const { path, query, headers, body } = sink().received.at(-1) ?? assert.fail();
        const form = new URLSearchParams(body);
        const [, , segment = '', end] = path.split('/');
        const header = decodeURIComponent(String(headers['x-text'])).slice(1, -1);
        const seen = [decodeURIComponent(segment), query.get('t'), header, form.get('text')];
        assert.deepEqual(new Set(seen), new Set([text.toWellFormed()]));
        assert.equal(end, 'b');
        assert.deepEqual([form.get('constructor'), form.get('__proto__')], ['y', null]);
      }
    });

    it('with nothing for what is missing, and warns of each name once', async () => {
      await start({ eventData: 'none', url: `${sink().url}?a={{NOPE}}&b={{constructor.name}}` });
      await forward();
      const out = await forward();
      assert.equal(out['response'].statusCode, 200);
      assert.equal(sink().received[1]?.url, '/?a=&b=');
      const warnings = node('forward').warn.args.map(([text]) => text);
      assert.equal(warnings.length, 2);
      assert.match(warnings[0], /NOPE/);
      assert.equal(lastStatus().fill, 'yellow');
    });
  });

  describe('proves who it is', () => {
    for (const [auth, credentials, header, value] of [
      ['basic', { user: 'crm', password: 'p:à' }, 'authorization', `Basic ${btoa('crm:p:Ã\xa0')}`],
      ['bearer', { token: ' t0ken ' }, 'authorization', 'Bearer t0ken'],
      ['apiKey', { token: 'k3y' }, 'x-api-key', 'k3y'],
    ] as const) {
      it(`with ${auth}`, async () => {
        await start({ auth }, credentials);
        await forward();
        assert.equal(received().headers[header], value);
      });
    }

    it('with an API key in a header of any name', async () => {
      await start({ auth: 'apiKey', authHeader: 'X-Shop-Key' }, { token: 'k3y' });
      await forward();
      assert.equal(received().headers['x-shop-key'], 'k3y');
    });

    for (const [kind, secret, key] of [
      ['encoded', 'whsec_c2VjcmV0IGtleQ==', 'secret key'],
      ['plain', 'secret key', 'secret key'],
    ] as const) {
      it(`with a signature over id, time and body, by a ${kind} secret`, async () => {
        await start({ method: 'POST', bodyFormat: 'json', auth: 'signature' }, { secret });
        await forward();
        const { headers, body } = received();
        const [id, at] = [headers['webhook-id'], headers['webhook-timestamp']].map(String);
        const mac = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64');
        assert.equal(headers['webhook-signature'], `v1,${mac}`);
        assert.ok(Math.abs(Number(at) - Date.now() / 1000) < 10);
      });
    }

    it('names an action by a key that is stable for the event and the node', async () => {
      await start();
      await forward();
      await forward({ payload: { ...event, redelivered: true } });
      await forward({ payload: { ...event, id: 'event-2' } });
      await forward({ payload: 'x', _msgid: 'm1' });
      const keys = sink().received.map(({ headers }) => headers['webhook-id']);
      assert.match(String(keys[0]), /^[0-9a-f]{64}$/);
      assert.equal(keys[0], keys[1]);
      assert.equal(new Set(keys).size, 3);
      for (const { headers } of sink().received) {
        assert.equal(headers['idempotency-key'], headers['webhook-id']);
        assert.match(String(headers['webhook-timestamp']), /^\d{10}$/);
        assert.equal(headers['webhook-signature'], undefined);
      }
    });
  });

  describe('passes the message on', () => {
    it('with the answer, its payload untouched, and completes it', async () => {
      const body = JSON.stringify({ ok: true });
      sink().behave({
        kind: 'answer',
        status: 201,
        headers: { 'Content-Type': 'application/problem+json; charset=utf-8', 'X-Id': '7' },
        body,
      });
      await start();
      const completed = nextInput('completed');
      const out = await forward();
      const { statusCode, headers, body: parsed, attempts } = out['response'];
      assert.deepEqual(
        { statusCode, parsed, attempts },
        { statusCode: 201, parsed: { ok: true }, attempts: 1 },
      );
      assert.equal(headers['x-id'], '7');
      assert.deepEqual(out['payload'], event);
      assert.deepEqual((await completed)['response'], out['response']);
    });

    it('with variables out of the answer', async () => {
      const order = { id: 9, items: [{ name: 'tè' }], none: null, constructor: undefined };
      sink().behave({
        kind: 'answer',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ order }),
      });
      await start({
        responseVariables: [
          { variable: 'ORDER', path: 'order.id' },
          { variable: 'ITEM', path: 'order.items[0].name' },
          { variable: 'ITEMS', path: 'order.items' },
          { variable: 'NONE', path: 'order.none' },
          { variable: 'EVIL', path: 'order.constructor.name' },
          { variable: '', path: '' },
        ],
      });
      const out = await forward({ payload: event, variables: { KEPT: 'yes' } });
      assert.deepEqual(
        { ...out['variables'] },
        { KEPT: 'yes', ORDER: '9', ITEM: 'tè', ITEMS: '[{"name":"tè"}]' },
      );
      assert.equal(node('forward').warn.args.length, 2);
    });

    it('with the text of a body that is no JSON, cut at 64 KiB', async () => {
      sink().behave({
        kind: 'answer',
        headers: { 'Content-Type': 'application/json' },
        body: '{"a":',
      });
      await start();
      assert.equal((await forward())['response'].body, '{"a":');
      sink().behave({ kind: 'endless' });
      assert.equal((await forward())['response'].body, 'x'.repeat(64 * 1024));
    });
  });
});
