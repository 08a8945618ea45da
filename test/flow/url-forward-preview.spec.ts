import assert from 'node:assert/strict';
import triggerVariables from '../../nodes/trigger-variables/trigger-variables.ts';
import urlForward from '../../nodes/url-forward/url-forward.ts';
import { madeEvent } from '../../src/event/made-event.ts';
import { core, deploy, nextInput, node, useRuntime } from '../support/flow.ts';
import { useAsker } from '../support/preview.ts';
import { openSink, useSink } from '../support/sink.ts';

const kept = '__PWRD__';
const declared = [
  { name: 'ORDERNUM', default: '1/1' },
  { name: 'CARD', default: 'secret-default', sensitive: true },
];

describe('the preview of a url-forward node', () => {
  useRuntime();
  const sink = useSink();
  const asker = useAsker('url-forward.write');

  const form = (more: object = {}) => ({
    method: 'POST',
    url: `${sink().url}/calls/{{uniqueid}}?order={{ORDERNUM}}`,
    bodyFormat: 'json',
    allow: ['127.0.0.1'],
    ...more,
  });

  beforeEach(() =>
    deploy(
      [asker.permissions, triggerVariables, urlForward, core('common/25-catch')],
      [
        { id: 'tab', type: 'tab' },
        { id: 'declared', type: 'trigger-variables', variables: declared },
        {
          id: 'forward',
          type: 'url-forward',
          z: 'tab',
          retry: 'none',
          auth: 'bearer',
          ...form(),
          wires: [['out']],
        },
        { id: 'out', type: 'helper', z: 'tab' },
      ],
      { forward: { token: 'saved-token' } },
    ),
  );

  it('is the request that the node itself then makes', async () => {
    const event = madeEvent();
    const config = form({ headers: [{ name: 'X-Who', value: '{{calleridname}}' }] });
    const { request } = await asker.ask('url-forward', form(), { id: 'forward' });
    const out = nextInput('out');
    node('forward').receive({ payload: event });
    await out;
    const [made] = sink().received;
    assert.equal(new URL(request.url).pathname, made?.path);
    assert.equal(request.body, made?.body);
    assert.equal(request.headers['Idempotency-Key'], made?.headers['idempotency-key']);
    const changed = await asker.ask('url-forward', config, { id: 'forward' });
    assert.equal(changed.request.headers['X-Who'], 'Anna Bell & Sons');
  });

  it('sends nothing', async () => {
    await asker.ask('url-forward', form());
    assert.deepEqual(sink().received, []);
  });

  it('masks every secret, and says how it is sent', async () => {
    const saved = { id: 'forward', credentials: { token: kept } };
    const bearer = await asker.ask('url-forward', form({ auth: 'bearer' }), saved);
    assert.equal(bearer.request.headers['Authorization'], 'Bearer ***');
    const typed = { credentials: { user: 'anna', password: 'pinguini' } };
    const basic = await asker.ask('url-forward', form({ auth: 'basic' }), typed);
    assert.equal(basic.request.headers['Authorization'], 'Basic ***');
    const key = { credentials: { token: 'key one' } };
    const apiKey = await asker.ask('url-forward', form({ auth: 'apiKey' }), key);
    assert.equal(apiKey.request.headers['X-API-Key'], '***');
    const signed = { credentials: { secret: 'shared secret' } };
    const signature = await asker.ask('url-forward', form({ auth: 'signature' }), signed);
    assert.equal(signature.request.headers['webhook-signature'], 'v1,***');
    const all = JSON.stringify([bearer, basic, apiKey, signature]);
    assert.doesNotMatch(all, /saved-token|pinguini|key one|shared secret/);
  });

  it('masks sensitive variables and the environment', async () => {
    process.env['PREVIEW_TEST'] = 'from-the-environment';
    try {
      const url = `${sink().url}/?card={{CARD}}&env={{env.PREVIEW_TEST}}&no={{env.PREVIEW_NONE}}`;
      const config = form({ url, eventData: 'selected', selected: ['CARD'] });
      const msg = { payload: madeEvent(), variables: { CARD: '4711' } };
      const { request, missing } = await asker.ask('url-forward', config, { msg });
      assert.equal(new URL(request.url).search, '?card=***&env=***&no=');
      assert.deepEqual(missing, ['env.PREVIEW_NONE']);
      assert.doesNotMatch(JSON.stringify(request), /4711|secret-default|from-the-environment/);
    } finally {
      delete process.env['PREVIEW_TEST'];
    }
  });

  it('says what is wrong beside what is right', async () => {
    const { request, faults } = await asker.ask('url-forward', form({ auth: 'bearer' }));
    assert.match(faults[0].message, /token is missing/);
    assert.ok(request.url.startsWith(sink().url));
    const blocked = await asker.ask('url-forward', form({ allow: [] }));
    assert.equal(blocked.faults[0].code, 'E_HTTP_BLOCKED');
    const wrong = await asker.ask('url-forward', form({ url: 'http://{{text}}/' }));
    assert.deepEqual(wrong.request, undefined);
    assert.equal(wrong.faults[0].code, 'E_URL');
  });

  it('names the variables that have no value', async () => {
    const config = form({ url: `${sink().url}/?a={{calleridnm}}&b={{flow.x}}` });
    assert.deepEqual((await asker.ask('url-forward', config)).missing, ['calleridnm', 'flow.x']);
  });

  it('is for those only who may change the node, and for no form of another site', async () => {
    const question = { id: 'new', config: form(), msg: {} };
    assert.equal((await asker.post('url-forward', question, 'text/plain')).status, 415);
    assert.equal((await asker.post('url-forward', { id: 'new' })).status, 400);
    asker.granted = ['url-forward.read'];
    assert.equal((await asker.post('url-forward', question)).status, 401);
    assert.equal((await asker.post('url-forward/test', question)).status, 401);
  });
});

describe('the test of a url-forward node', () => {
  useRuntime();
  const sink = useSink();
  const asker = useAsker('url-forward.write');

  const form = (more: object = {}) => ({ url: sink().url, allow: ['127.0.0.1'], ...more });
  const saved = { id: 'forward', credentials: { token: kept } };

  beforeEach(() =>
    deploy(
      [asker.permissions, urlForward],
      [
        { id: 'tab', type: 'tab' },
        { id: 'forward', type: 'url-forward', z: 'tab', auth: 'bearer', ...form(), wires: [[]] },
      ],
      { forward: { token: 'saved-token' } },
    ),
  );

  it('is sent once, with the secrets, and under an id of its own', async () => {
    sink().behave({ kind: 'answer', status: 503, body: 'saved-token was refused' });
    const msg = { payload: madeEvent(), variables: {} };
    const asked = { ...saved, msg };
    const told = await asker.ask('url-forward/test', form({ auth: 'bearer' }), asked);
    const again = await asker.ask('url-forward/test', form({ auth: 'bearer' }), asked);
    const [first, second, ...more] = sink().received;
    assert.deepEqual(more, []);
    assert.equal(first?.headers['authorization'], 'Bearer saved-token');
    assert.notEqual(first?.headers['idempotency-key'], second?.headers['idempotency-key']);
    assert.deepEqual([told.statusCode, again.statusCode], [503, 503]);
    assert.equal(told.body, '*** was refused');
    assert.equal(told.faults[0].code, 'E_HTTP_STATUS');
  });

  it('gives saved secrets to no other host than theirs', async () => {
    const other = await openSink();
    try {
      const config = form({ url: other.url, auth: 'bearer' });
      const told = await asker.ask('url-forward/test', config, saved);
      assert.match(told.faults[0].message, /enter the secrets again/);
      assert.equal(other.received.length, 0);
      const typed = { id: 'forward', credentials: { token: 'typed' } };
      await asker.ask('url-forward/test', config, typed);
      assert.equal(other.received[0]?.headers['authorization'], 'Bearer typed');
    } finally {
      await other.close();
    }
  });

  it('goes to no private host that the form does not allow', async () => {
    const told = await asker.ask('url-forward/test', form({ allow: [] }));
    assert.equal(told.faults[0].code, 'E_HTTP_BLOCKED');
    assert.deepEqual(sink().received, []);
  });
});
