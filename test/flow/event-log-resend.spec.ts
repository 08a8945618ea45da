import assert from 'node:assert/strict';
import type { LogRefusal, ResendAnswer } from '../../src/trace/log-types.ts';
import * as meta from '../fixtures/meta.ts';
import { nextInput, node, stop, useRuntime } from '../support/flow.ts';
import { useLogFlow } from '../support/log-flow.ts';
import { until } from '../support/until.ts';

describe('sending an event of the log again', () => {
  useRuntime();
  const { start, post, write, send, page, newest, trace, sink, withheld } = useLogFlow();

  const resend = (id: string, node?: string): Promise<Response> =>
    send(`events/${id}/resend`, node === undefined ? {} : { node });
  const refusal = async (answer: Response): Promise<LogRefusal> =>
    (await answer.json()) as LogRefusal;

  it('sends an event through the flow again, saying so', async () => {
    await start();
    await write('urgent', 'done');
    const { id } = await newest();
    const arrival = nextInput('done');
    const answer = await resend(id);
    assert.equal(answer.status, 200);
    assert.deepEqual((await answer.json()) as ResendAnswer, {
      nodes: [{ id: 'in', type: 'whatsapp-in', name: 'All' }],
    });
    const { payload } = await arrival;
    assert.equal(payload.id, id);
    assert.equal(payload.redelivered, true);
    assert.equal(payload.resent, true);
    const kinds = (await trace(id)).steps.map(({ kind }) => kind);
    assert.deepEqual(kinds.slice(4), ['resent', 'taken', 'decision', 'action']);
    assert.equal((await page()).events.length, 1);
  });

  it('sends an event to one action alone, with its variables', async () => {
    await start();
    await write('urgent', 'done');
    const { id } = await newest();
    const arrival = nextInput('done');
    assert.equal((await resend(id, 'crm')).status, 200);
    assert.equal((await arrival)['payload'].id, id);
    assert.deepEqual(
      sink().received.map(({ query }) => query.get('TEXT')),
      ['urgent', 'urgent'],
    );
    assert.equal((await refusal(await resend(id, 'urgent'))).reason, 'nodeGone');
    assert.equal((await refusal(await resend(id, 'gone'))).reason, 'nodeGone');
  });

  it('sends a dead letter anew instead of telling its failure again', async () => {
    sink().behave({ kind: 'answer', status: 404 });
    await start();
    await post(meta.textWebhook('urgent'));
    await until(async () => (await page('?outcome=failed')).events.length > 0);
    sink().behave({ kind: 'answer', status: 200 });
    const { id } = await newest();
    const arrival = nextInput('done');
    await resend(id, 'crm');
    await arrival;
    await until(async () => (await newest()).outcome === 'acted');
  });

  it('makes one try of a dead letter that comes through the flow, however slow that is', async () => {
    sink().behave({ kind: 'answer', status: 404 });
    const slow = {
      id: 'slow',
      type: 'function',
      z: 'tab',
      outputs: 1,
      func: `if (msg.payload) return void context.set('held', msg);
        return context.get('held');`,
      wires: [['urgent']],
    };
    const intake = { id: 'in', type: 'whatsapp-in', z: 'tab', account: 'shop', wires: [['slow']] };
    await start({ more: [intake, slow] });
    const held = nextInput('slow');
    await post(meta.textWebhook('urgent'));
    await held;
    node('slow').receive({});
    await until(async () => (await page('?outcome=failed')).events.length > 0);
    sink().behave({ kind: 'answer', status: 200 });
    let passedOn = 0;
    node('done').on('input', () => (passedOn += 1));
    const { id } = await newest();
    const heldAgain = nextInput('slow');
    await resend(id);
    await heldAgain;
    const arrival = nextInput('done');
    node('slow').receive({});
    assert.equal((await arrival)['payload'].redelivered, true);
    await until(async () => (await newest()).outcome === 'acted');
    await stop();
    assert.equal(sink().received.length, 2);
    assert.equal(passedOn, 1);
  });

  it('refuses what it would send otherwise than it was: a variable that was cut', async () => {
    await start({
      more: [
        { id: 'in', type: 'whatsapp-in', z: 'tab', account: 'shop', wires: [['know']] },
        {
          id: 'know',
          type: 'function',
          z: 'tab',
          outputs: 1,
          func: `msg.variables.ADDRESS = 'x'.repeat(700); return msg;`,
          wires: [['urgent']],
        },
      ],
    });
    await write('urgent', 'done');
    const { id } = await newest();
    const answer = await resend(id, 'crm');
    assert.equal(answer.status, 409);
    assert.equal((await refusal(answer)).reason, 'masked');
    const arrival = nextInput('done');
    assert.equal((await resend(id)).status, 200);
    assert.equal((await arrival)['variables'].ADDRESS.length, 700);
  });

  it("refuses to send without the provider's own object where a node passes that on", async () => {
    const intake = {
      id: 'in',
      type: 'whatsapp-in',
      z: 'tab',
      account: 'shop',
      wires: [['urgent']],
    };
    await start({ more: [{ ...intake, raw: true }] });
    await write('urgent', 'done');
    const { id } = await newest();
    assert.deepEqual((await trace(id)).masked, ['raw']);
    for (const to of [undefined, 'crm']) {
      const refused = await refusal(await resend(id, to));
      assert.equal(refused.reason, 'masked');
      assert.match(refused.error, /raw/);
    }
    await stop();
    await start({ more: [intake] });
    const arrival = nextInput('done');
    assert.equal((await resend(id)).status, 200);
    assert.equal((await arrival)['payload'].id, id);
  });

  it('sends a dead letter anew also where the log lacks something: the store has it', async () => {
    const intake = {
      id: 'in',
      type: 'whatsapp-in',
      z: 'tab',
      account: 'shop',
      wires: [['urgent']],
    };
    sink().behave({ kind: 'answer', status: 404 });
    await start({ more: [{ ...intake, raw: true }] });
    await post(meta.textWebhook('urgent'));
    await until(async () => (await page('?outcome=failed')).events.length > 0);
    sink().behave({ kind: 'answer', status: 200 });
    const { id } = await newest();
    const arrival = nextInput('done');
    assert.equal((await resend(id, 'crm')).status, 200);
    assert.equal(typeof (await arrival)['payload'].raw, 'object');
  });

  it('asks for the right to write before it sends anything', async () => {
    await start();
    await write('urgent', 'done');
    const { id } = await newest();
    withheld.add('whatsapp-account.write');
    assert.equal((await resend(id)).status, 401);
    withheld.clear();
    const headers = { 'Content-Type': 'text/plain' };
    assert.equal((await send(`events/${id}/resend`, {}, { headers })).status, 415);
    assert.equal(sink().received.length, 1);
  });
});
