import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import type { StepRow } from '../../src/trace/log-types.ts';
import type { LogEntry } from '../../src/trace/trigger-log.ts';
import { until } from '../support/until.ts';
import * as meta from '../fixtures/meta.ts';
import { nextInput, node, stop, useRuntime } from '../support/flow.ts';
import { urgent, useLogFlow } from '../support/log-flow.ts';

describe('the log of events', () => {
  useRuntime();
  const { start, post, write, get, page, newest, trace, sink, withheld, folder } = useLogFlow();

  it('tells the whole way of an event under its id', async () => {
    await start();
    await write('urgent, please', 'done');
    const { id, outcome, why, ...summary } = await newest();
    assert.equal(outcome, 'acted');
    assert.deepEqual(why, {
      key: 'acted',
      values: { node: 'CRM', nodeId: 'crm', type: 'url-forward', count: 1 },
    });
    assert.equal(summary.name, 'message.incoming');
    assert.equal(summary.contact, 'Giulia Müller 🌻');
    assert.equal(summary.phoneTail, '4567');
    assert.equal(summary.text, 'urgent, please');
    assert.deepEqual(summary.account, { id: 'shop', name: 'Shop Milano' });
    const { steps, event, masked } = await trace(id);
    assert.equal(event?.id, id);
    assert.deepEqual(masked, []);
    assert.deepEqual(
      steps.map(({ kind, outcome: how, node }) => [kind, how, node?.name]),
      [
        ['received', 'received', undefined],
        ['taken', 'taken', 'All'],
        ['decision', 'met', 'Urgent?'],
        ['action', 'done', 'CRM'],
      ],
    );
    assert.equal(steps[2]?.detail.conditions?.[0]?.actual, 'urgent, please');
    const { response } = steps[3]?.detail ?? {};
    assert.equal((response as { statusCode: number }).statusCode, 200);
  });

  it('answers why nothing happened with the first row that was false', async () => {
    await start();
    await write('good morning', 'rest');
    const { outcome, why } = await newest();
    assert.equal(outcome, 'notMet');
    assert.equal(why.key, 'rowFalse');
    const { trigger, row, operator, value, actual } = why.values;
    assert.deepEqual(
      { trigger, row, operator, value, actual },
      { trigger: 'Urgent?', row: 0, operator: 'contains', value: 'urgent', actual: 'good morning' },
    );
  });

  it('answers that the trigger is off', async () => {
    await start({ trigger: { enabled: false } });
    await write('urgent', 'rest');
    const { outcome, why } = await newest();
    assert.equal(outcome, 'off');
    assert.equal(why.key, 'triggerOff');
    assert.equal(why.values['trigger'], 'Urgent?');
  });

  it('answers that no whatsapp-in wants the event', async () => {
    await start();
    await write('hello', 'rest');
    await post(meta.webhook([meta.change({ statuses: [meta.status(meta.wamid(), 'read')] })]));
    await until(async () => (await page('?outcome=notTaken')).events.length > 0);
    const [event] = (await page('?outcome=notTaken')).events;
    assert.equal(event?.why.key, 'notTaken');
    assert.equal(event?.why.values['name'], 'delivery');
  });

  it('lists requests that became no event, with the reason', async () => {
    await start();
    assert.equal(await post(meta.textWebhook('forged'), 'another secret'), 401);
    assert.equal(await post(meta.wire({ object: 'whatsapp_business_account', entry: 7 })), 200);
    const { events } = await page();
    const told = events.map(({ name, outcome, why }) => `${name} ${outcome}: ${why.key}`);
    assert.deepEqual(
      new Set(told),
      new Set(['request quarantined: unreadable', 'request refused: badSignature']),
    );
    assert.doesNotMatch(JSON.stringify(events), /forged/);
    assert.equal(events[0]?.account.name, 'Shop Milano');
  });

  it('tells each try of a forward, and what became of it later', async () => {
    sink().behave({ kind: 'answer', status: 503 });
    await start();
    const arrival = nextInput('done');
    await post(meta.textWebhook('urgent'));
    await until(async () => (await page('?outcome=waiting')).events.length > 0);
    sink().behave({ kind: 'answer', status: 200 });
    await arrival;
    await until(async () => (await newest()).outcome === 'acted');
    const { steps } = await trace((await newest()).id);
    const told = steps.slice(3).map(({ kind, outcome }) => `${kind} ${outcome}`);
    assert.deepEqual(told.slice(0, 2), ['try retrying', 'action waiting']);
    assert.equal(told.at(-1), 'action done');
    assert.equal(steps[3]?.detail.error?.code, 'E_HTTP_STATUS');
    assert.equal(steps[3]?.detail.statusCode, 503);
  });

  it('says how an action failed', async () => {
    await start({ forward: { retry: 'none' } });
    sink().behave({ kind: 'answer', status: 404 });
    await post(meta.textWebhook('urgent'));
    await until(async () => (await page('?outcome=failed')).events.length > 0);
    const { why } = await newest();
    assert.equal(why.key, 'failed');
    assert.equal(why.values['code'], 'E_HTTP_STATUS');
    assert.equal(why.values['node'], 'CRM');
  });

  it('is found by tail of the number, text, outcome, node, interaction and time', async () => {
    await start();
    await write('urgent: the OVEN burns', 'done');
    await write('thanks', 'rest', meta.ahmed);
    const texts = async (query: string) => (await page(query)).events.map(({ text }) => text);
    assert.deepEqual(await texts(''), ['thanks', 'urgent: the OVEN burns']);
    assert.deepEqual(await texts('?phone=331234567'), ['urgent: the OVEN burns']);
    assert.deepEqual(await texts('?text=oven'), ['urgent: the OVEN burns']);
    assert.deepEqual(await texts('?outcome=notMet'), ['thanks']);
    assert.deepEqual(await texts('?node=crm'), ['urgent: the OVEN burns']);
    assert.deepEqual(await texts('?account=other'), []);
    const { interactionId, at } = await newest();
    assert.deepEqual(await texts(`?interaction=${interactionId}`), ['thanks']);
    assert.deepEqual(await texts(`?interaction=${interactionId.slice(0, 13)}`), ['thanks']);
    assert.deepEqual(await texts(`?since=${at}`), ['thanks']);
    assert.equal((await get('events?outcome=wonderful')).status, 400);
    const { events, next } = await page('?limit=1');
    assert.equal(events[0]?.text, 'thanks');
    assert.deepEqual(await texts(`?before=${encodeURIComponent(next ?? '')}`), [
      'urgent: the OVEN burns',
    ]);
  });

  it('is only for who may read the flow, and never kept by a browser', async () => {
    await start();
    assert.equal((await get('events')).headers.get('cache-control'), 'no-store');
    withheld.add('whatsapp-account.read');
    for (const path of ['events', 'events/x', 'events/x/case', 'samples']) {
      assert.equal((await get(path)).status, 401, path);
    }
  });

  it('answers 404 for an event that it does not have', async () => {
    await start();
    const answer = await get('events/none');
    assert.equal(answer.status, 404);
    assert.equal(((await answer.json()) as { reason: string }).reason, 'unknown');
  });

  it('keeps no file and no event when it is off', async () => {
    await start({ store: { log: 'off' } });
    await write('urgent', 'done');
    assert.deepEqual((await page()).events, []);
    assert.deepEqual(
      (await readdir(folder())).filter((name) => name.includes('.log')),
      [],
    );
  });

  it('deletes what it has kept when it is switched off', async () => {
    await start();
    await write('urgent', 'done');
    await stop();
    const logs = async () => (await readdir(folder())).filter((name) => name.includes('.log'));
    assert.ok((await logs()).length > 0);
    await start({ store: { log: 'off' } });
    await write('urgent', 'done');
    await until(async () => (await logs()).length === 0);
    assert.ok((await readdir(folder())).includes('kept.sqlite'));
  });

  it('tells the trigger that was met where the flow goes on with other nodes', async () => {
    await start({ trigger: { all: [urgent], wires: [['done'], []] } });
    const arrival = nextInput('done');
    await post(meta.textWebhook('urgent'));
    await arrival;
    const { outcome, why } = await newest();
    assert.equal(outcome, 'taken');
    assert.equal(why.key, 'met');
  });
});

describe('the list of decisions', () => {
  useRuntime();
  const { start, change, write, get } = useLogFlow();
  const exists = (field: string) => ({ field, operator: 'exists' });
  const asking = { all: [urgent, exists('contact.phone'), exists('contact.name')] };
  const text = 'urgent: call Giulia Müller 🌻';

  /** What each row of each decision found, the newest decision first. */
  async function actuals(): Promise<readonly (readonly (string | null)[])[]> {
    const { entries } = (await (await get('')).json()) as { entries: readonly LogEntry[] };
    return entries.flatMap((entry) =>
      entry.kind === 'decision'
        ? [(entry.trigger.conditions as readonly StepRow[]).map(({ actual }) => actual)]
        : [],
    );
  }

  it('leaves out what the log beside the store does', async () => {
    await start({ trigger: asking, store: { logMask: ['phone', 'name'] } });
    await write(text, 'done');
    assert.deepEqual(await actuals(), [['urgent: call •••', '•••', '•••']]);
    assert.doesNotMatch(await (await get('')).text(), /Giulia|1234567/);
  });

  it('tells no customer’s number or name that a rule asks for', async () => {
    const vip = { field: 'contact.phone', operator: 'in', value: ['+393331234567', '+39'] };
    await start({ trigger: { all: [vip] }, store: { logMask: ['phone'] } });
    await write(text, 'done');
    assert.doesNotMatch(await (await get('')).text(), /1234567/);
  });

  it('has the decision and no value where the log is off', async () => {
    const all = [...asking.all, { field: 'queue', operator: 'notExists' }];
    await start({ trigger: { all }, store: { log: 'off' } });
    await write(text, 'done');
    assert.deepEqual(await actuals(), [['•••', '•••', '•••', null]]);
    assert.doesNotMatch(await (await get('')).text(), /Giulia|1234567/);
  });

  it('tells no value of what is no event of ours, where nobody knows what to leave out of it', async () => {
    const all = [{ field: 'msg', path: 'payload', operator: 'exists' }];
    const trigger = { all, wires: [['done'], []] };
    const message = { text };
    const made = { name: 'message.incoming', account: {}, interaction: {}, contact: {}, message };
    for (const store of [{ logMask: ['text'] }, { log: 'off' }]) {
      await start({ trigger, store });
      for (const payload of [text, made]) {
        const arrival = nextInput('done');
        node('urgent').receive({ payload });
        await arrival;
      }
      assert.deepEqual(await actuals(), [['•••'], ['•••']]);
      await stop();
    }
  });

  it('stays over a deploy, and is forgotten when what is left out changes', async () => {
    await start();
    await write('urgent', 'done');
    await change({});
    assert.deepEqual(await actuals(), [['urgent']]);
    for (const store of [{ logMask: ['name'] }, { log: 'off' }, {}]) {
      await change({ store });
      assert.deepEqual(await actuals(), []);
      await write('urgent', 'done');
      assert.equal((await actuals()).length, 1);
    }
  });
});
