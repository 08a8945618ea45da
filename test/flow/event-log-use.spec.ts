import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { houseOf } from '../../nodes/shared/house.ts';
import type { LogStore } from '../../src/trace/log-store/log-store.ts';
import type {
  BacktestAnswer,
  LogRefusal,
  SampleList,
  TestCase,
} from '../../src/trace/log-types.ts';
import * as meta from '../fixtures/meta.ts';
import { nextInput, runtimeApi, stop, useRuntime } from '../support/flow.ts';
import { urgent, useLogFlow } from '../support/log-flow.ts';
import { until } from '../support/until.ts';

const pin = 'S3CRET-4711';
/** A node that sets a secret before the trigger is asked. */
const knowing = {
  trigger: { variables: 'declared' },
  more: [
    {
      id: 'declared',
      type: 'trigger-variables',
      variables: [
        { name: 'PIN', sensitive: true },
        { name: 'ORDER', default: '' },
      ],
    },
    { id: 'in', type: 'whatsapp-in', z: 'tab', account: 'shop', wires: [['know']] },
    {
      id: 'know',
      type: 'function',
      z: 'tab',
      outputs: 1,
      func: `msg.variables.PIN = '${pin}'; msg.variables.ORDER = '9/9'; return msg;`,
      wires: [['urgent']],
    },
  ],
};

describe('what is done with the log of events', () => {
  useRuntime();
  const { start, post, write, get, send, page, newest, trace, sink, folder } = useLogFlow();

  const resend = (id: string, node?: string): Promise<Response> =>
    send(`events/${id}/resend`, node === undefined ? {} : { node });
  const refusal = async (answer: Response): Promise<LogRefusal> =>
    (await answer.json()) as LogRefusal;

  it('writes no value of a sensitive variable anywhere', async () => {
    sink().behave({ kind: 'answer', body: `The PIN was ${pin}.` });
    await start(knowing);
    await write('urgent', 'done');
    const { id } = await newest();
    const { masked, steps } = await trace(id);
    assert.deepEqual(masked, ['msg']);
    assert.match(JSON.stringify(steps), /The PIN was •••\./);
    const { samples } = (await (await get('samples')).json()) as SampleList;
    assert.equal(samples[0]?.variables['ORDER'], '9/9');
    assert.equal(samples[0]?.variables['PIN'], undefined);
    assert.equal((await refusal(await resend(id, 'crm'))).reason, 'masked');
    const arrival = nextInput('done');
    assert.equal((await resend(id)).status, 200);
    await arrival;
    await stop();
    for (const ending of ['', '-wal']) {
      const bytes = await readFile(join(folder(), `kept.log.sqlite${ending}`)).catch(() => '');
      assert.equal(bytes.includes(pin), false);
    }
  });

  it('writes neither number nor name nor text where the store says so', async () => {
    await start({ store: { logMask: ['phone', 'name', 'text'] } });
    await write('urgent: I am Giulia Müller 🌻', 'done');
    const summary = await newest();
    assert.equal(summary.text, '•••');
    assert.equal(summary.contact, '•••');
    assert.equal(summary.phoneTail, '4567');
    const all = JSON.stringify([
      summary,
      await trace(summary.id),
      await (await get('samples')).json(),
    ]);
    assert.doesNotMatch(all, /Giulia|393331234567|I am/);
    assert.deepEqual((await page('?phone=4567')).events.length, 1);
    const answer = await resend(summary.id);
    assert.equal(answer.status, 409);
    assert.equal((await refusal(answer)).reason, 'masked');
  });

  it('makes a test case that tells nobody and decides the same', async () => {
    await start();
    await write('This is urgent, Giulia 333', 'done');
    const { id } = await newest();
    const found = (await (await get(`events/${id}/case`)).json()) as TestCase;
    assert.equal(found.event.message?.text, 'Xxxx xx urgent, Xxxxxx 000');
    assert.equal(found.event.contact.phone, '+000000000000');
    assert.equal(found.event.id, 'event-1');
    assert.deepEqual(found.decisions, [
      {
        trigger: 'urgent',
        name: 'Urgent?',
        sentence: 'Fires when the message text contains "urgent".',
        met: true,
      },
    ]);
    assert.doesNotMatch(JSON.stringify(found), /Giulia|39333|wamid/);
  });

  it('offers the last real events with their variables', async () => {
    await start();
    await write('urgent', 'done');
    await post(meta.textWebhook('forged'), 'another secret');
    const { samples } = (await (await get('samples?account=shop')).json()) as SampleList;
    assert.equal(samples.length, 1);
    const [sample] = samples;
    assert.equal(sample?.label, 'message.incoming · Giulia Müller 🌻 · "urgent"');
    assert.equal(sample?.variables['text'], 'urgent');
    assert.equal(sample?.msg['topic'], 'message.incoming');
    const other = (await (await get('samples?account=other')).json()) as SampleList;
    assert.deepEqual(other.samples, []);
  });

  it('tells what a changed rule would have met', async () => {
    await start();
    await write('urgent', 'done');
    await write('please hurry', 'rest');
    await write('thanks', 'rest');
    const hurry = { ...urgent, value: 'hurry' };
    const answer = await send('backtest', { before: { all: [urgent] }, after: { all: [hurry] } });
    const found = (await answer.json()) as BacktestAnswer;
    const texts = (events: BacktestAnswer['newlyMet']) => events.map(({ text }) => text);
    assert.deepEqual([found.total, found.met, found.gained, found.lost], [3, 1, 1, 1]);
    assert.deepEqual(texts(found.newlyMet), ['please hurry']);
    assert.deepEqual(texts(found.newlyNot), ['urgent']);
    assert.ok(Date.parse(found.since) > 0);
    const wrong = await send('backtest', { before: {}, after: { all: [{ field: 'nose' }] } });
    assert.equal(wrong.status, 400);
    assert.match((await refusal(wrong)).error, /there is no field "nose"/);
  });

  it('asks a changed rule as the runtime would, and says of what it cannot', async () => {
    const declared = (id: string, ...variables: object[]) => ({
      id,
      type: 'trigger-variables',
      variables,
    });
    await start({
      trigger: { variables: 'secrets' },
      more: [
        declared('levels', { name: 'LEVEL', default: 'gold' }),
        declared('secrets', { name: 'PIN', default: pin, sensitive: true }),
      ],
    });
    await write('urgent', 'done');
    const of = (name: string) => ({ field: 'variable', name, operator: 'exists', value: '' });
    const counts = async (after: object, variables = '') => {
      const answer = await send('backtest', { before: {}, after, variables });
      const { total, met, lost, unknown } = (await answer.json()) as BacktestAnswer;
      return [total, met, lost, unknown];
    };
    assert.deepEqual(await counts({ all: [of('LEVEL')] }), [1, 1, 0, 0]);
    assert.deepEqual(await counts({ all: [of('LEVEL')] }, 'secrets'), [1, 0, 1, 0]);
    assert.deepEqual(await counts({ all: [of('PIN')] }), [1, 0, 0, 1]);
    assert.deepEqual(
      await counts({ all: [of('PIN')], any: [{ ...urgent, value: 'no' }] }),
      [1, 0, 1, 0],
    );
  });

  it('cannot say what a rule makes of texts that are not kept', async () => {
    await start({ store: { logMask: ['text'] } });
    await write('urgent', 'done');
    const answer = await send('backtest', { before: {}, after: { all: [urgent] } });
    const { met, lost, unknown } = (await answer.json()) as BacktestAnswer;
    assert.deepEqual([met, lost, unknown], [0, 0, 1]);
  });

  it('does not test a rule of more rows than anybody writes', async () => {
    await start();
    const all = Array.from({ length: 101 }, () => urgent);
    for (const rules of [
      { before: {}, after: { all } },
      { before: { any: all }, after: {} },
    ]) {
      const answer = await send('backtest', rules);
      assert.equal(answer.status, 400);
      assert.match((await refusal(answer)).error, /more than 100 rows/);
    }
    assert.equal(
      (await send('backtest', { before: {}, after: { all: all.slice(1) } })).status,
      200,
    );
  });

  it('tests one rule at a time, and none whose request was given up', async () => {
    await start();
    await write('urgent', 'done');
    const { id } = await newest();
    const [log] = houseOf(runtimeApi()).eventLogs.values();
    const store = await log?.store;
    const entry = store?.get(id);
    assert.ok(store && entry);
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    const visits: Parameters<LogStore['each']>[2][] = [];
    const each = store.each.bind(store);
    store.each = (query, most, visit) =>
      visits.push(visit) === 1 ? gate : each(query, most, visit);
    const life = new AbortController();
    const request = { before: {}, after: { all: [urgent] } };
    const first = send('backtest', request, { signal: life.signal });
    await until(() => visits.length === 1);
    const second = send('backtest', request);
    life.abort();
    await assert.rejects(first);
    await until(() => visits[0]?.(entry) === false);
    assert.equal(visits.length, 1);
    open();
    const { total } = (await (await second).json()) as BacktestAnswer;
    assert.equal(total, 1);
  });

  it('hides a declared default that nobody has set', async () => {
    sink().behave({ kind: 'answer', status: 503, body: `The PIN was ${pin}.` });
    const secrets = [{ name: 'PIN', default: pin, sensitive: true }];
    await start({
      forward: { url: `${sink().url}?PIN={{PIN}}`, allow: ['127.0.0.1'], retry: 'none' },
      more: [{ id: 'secrets', type: 'trigger-variables', variables: secrets }],
    });
    await post(meta.textWebhook('urgent'));
    await until(async () => (await page('?outcome=failed')).events.length > 0);
    const { id } = await newest();
    assert.equal(sink().received[0]?.query.get('PIN'), pin);
    assert.doesNotMatch(JSON.stringify([await trace(id), await page()]), new RegExp(pin));
  });

  it('keeps what it has over a restart', async () => {
    await start();
    await write('urgent', 'done');
    const { id } = await newest();
    await stop();
    await start();
    assert.equal((await newest()).id, id);
    assert.equal((await trace(id)).steps.length, 4);
  });
});
