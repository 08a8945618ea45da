import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { houseOf } from '../../nodes/shared/house.ts';
import { renderMetrics } from '../../src/trace/metrics.ts';
import { hostileTexts } from '../fixtures/hostile.ts';
import { graphError, picture } from '../support/fake-graph.ts';
import { closing, nextInput, node, redeploy, runtimeApi, useRuntime } from '../support/flow.ts';
import { credentials, eventOf, useOut } from '../support/out-flow.ts';

describe('whatsapp-out', () => {
  useRuntime();
  const { graph, flow, start, send, statuses } = useOut();
  const clean = (text: string) => text.toWellFormed().replaceAll('\0', '');
  const sentJson = async (place = 0) => (await graph().send(place)).json;

  it('sends a text with its variables to the contact of the event, and passes the message on', async () => {
    await start({ text: 'Hello {{calleridname}}, order {{ORDER}}: {{text}}' });
    const payload = eventOf();
    const msg = { payload, topic: 'message.incoming', variables: { ORDER: 9 }, other: { a: 1 } };
    const { _msgid, ...out } = await send(msg);
    assert.deepEqual(out, { ...msg, sent: { id: 'wamid.fake-0', status: 'accepted' } });
    const json = await sentJson();
    assert.equal(json.to, payload.contact.phone);
    assert.equal(json.text.body, 'Hello Giulia Müller, order 9: Ciao');
    const [call] = graph().sends;
    assert.equal(call?.path, '/v26.0/1234567890/messages');
    assert.equal(statuses('out')[0]?.['fill'], 'green');
  });

  it('brings each accepted message as one event message.outgoing', async () => {
    await start();
    const told = nextInput('told');
    const event = eventOf();
    await send({ payload: event });
    const { topic, payload } = await told;
    assert.equal(topic, 'message.outgoing');
    assert.equal(payload.message.id, 'wamid.fake-0');
    assert.equal(payload.message.text, 'Ciao');
    assert.equal(payload.contact.phone, event.contact.phone);
    assert.equal(payload.interaction.change, 'opened');
  });

  it('quotes the message that msg.replyTo names', async () => {
    await start();
    await send({ payload: eventOf(), replyTo: 'wamid.1' });
    assert.deepEqual((await sentJson()).context, { message_id: 'wamid.1' });
  });

  it('sends a template with its parameters', async () => {
    const parameters = ['{{calleridname}}', '{{n}}'];
    await start({ messageType: 'template', template: 'order_{{n}}', language: 'it', parameters });
    await send({ payload: eventOf(), variables: { n: 7 } });
    const { type, template } = await sentJson();
    assert.equal(type, 'template');
    assert.equal(template.name, 'order_7');
    assert.deepEqual(template.language, { code: 'it' });
    const texts = template.components[0].parameters.map(({ text }: { text: string }) => text);
    assert.deepEqual(texts, ['Giulia Müller', '7']);
  });

  it('sends a file by the ending of its name, with values encoded in its URL', async () => {
    const mediaUrl = 'https://files.example.com/{{name}}.jpg?v={{name}}';
    await start({ messageType: 'media', mediaUrl, caption: '{{name}}' });
    await send({ payload: eventOf(), variables: { name: 'a b&c' } });
    const { type, image } = await sentJson();
    assert.equal(type, 'image');
    assert.equal(image.link, 'https://files.example.com/a%20b%26c.jpg?v=a%20b%26c');
    assert.equal(image.caption, 'a b&c');
  });

  it('takes a whole URL from one variable, if it is one', async () => {
    await start({ messageType: 'media', mediaUrl: '{{payload.file}}' });
    const here = { to: '+391', payload: { file: 'https://x.example/a.pdf?b=1&c=2' } };
    await redeploy(
      flow({ messageType: 'media', mediaUrl: '{{payload.file}}', account: 'shop', to: '+39 1234' }),
      'full',
      credentials,
    );
    await send(here);
    assert.equal((await sentJson()).document.link, 'https://x.example/a.pdf?b=1&c=2');
    const { error } = await send({ payload: { file: 'javascript:1' } });
    assert.match(error.message, /E_SEND|no web address/);
    assert.equal(graph().sends.length, 1);
  });

  it('sends the provider’s own JSON, from the form or from msg.raw', async () => {
    const own = { type: 'interactive', interactive: { body: { text: '{{text}}' } } };
    await start({ messageType: 'raw', text: JSON.stringify(own) });
    const text = '", "x": "{{y}}';
    const { message } = eventOf();
    await send({ payload: eventOf({ message: { ...message!, text } }) });
    assert.deepEqual((await sentJson()).interactive, { body: { text } });
    await redeploy(flow({ messageType: 'raw' }), 'full', credentials);
    await send({ payload: eventOf(), raw: { type: 'text', text: { body: 'raw' } } });
    assert.equal((await sentJson(1)).text.body, 'raw');
    const { error } = await send();
    assert.match(error.message, /msg\.raw/);
  });

  it('takes whoever the provider’s own JSON names for the contact of the message', async () => {
    await start({ messageType: 'raw', account: 'shop' });
    const told = nextInput('told');
    const raw = { to: '+39 333 7654321', type: 'text', text: { body: 'To another' } };
    await send({ payload: eventOf(), raw });
    const { payload } = await told;
    assert.equal(payload.contact.phone, '+393337654321');
    assert.equal(payload.contact.name, undefined);
    const group = { recipient_type: 'group', to: 'Y2Fw', type: 'text', text: { body: 'To all' } };
    const toldOfGroup = nextInput('told');
    assert.ok((await send({ payload: 'no event', raw: group }))['sent']);
    assert.equal((await sentJson(1)).to, 'Y2Fw');
    assert.equal((await toldOfGroup).payload.message.group, 'Y2Fw');
    const { error } = await send({ payload: eventOf(), raw: { ...raw, to: {} } });
    assert.match(error.message, /cannot be read/);
    assert.equal(graph().sends.length, 2);
  });

  it('sends any other message where the node names account and recipient', async () => {
    await start({ account: 'shop', to: '{{payload.phone}}', text: '{{payload.text}}' });
    await send({ payload: { phone: '0039 333 999', text: 'x' } });
    assert.equal((await sentJson()).to, '+39333999');
    await send({ payload: { phone: 'IT.123abc', text: 'y' } });
    assert.equal((await sentJson(1)).recipient, 'IT.123abc');
    for (const phone of ['', 'Giulia']) {
      const { error } = await send({ payload: { phone, text: 'z' } });
      assert.match(error.message, /nobody|no phone number/);
    }
    assert.equal(graph().sends.length, 2);
  });

  it('carries every hostile text unharmed, or refuses it', async () => {
    await start({ account: 'shop', to: '+391234', text: '{{payload}}' });
    for (const payload of hostileTexts) {
      const before = graph().sends.length;
      const out = await send({ payload });
      if (out['error']) assert.equal(graph().sends.length, before);
      else assert.equal((await sentJson(before)).text.body, clean(payload));
    }
  });

  it('leaves a missing variable empty, and says so', async () => {
    await start({ text: 'Order {{ORDER}}.' });
    const out = await send();
    assert.ok(out['sent']);
    assert.equal((await sentJson()).text.body, 'Order .');
    assert.equal(statuses('out')[0]?.['fill'], 'yellow');
    assert.equal(node('out').warn.args.length, 1);
  });

  it('sends once for an event that comes again', async () => {
    await start();
    const payload = eventOf();
    const first = await send({ payload });
    const again = await send({ payload: { ...payload, redelivered: true } });
    assert.deepEqual(again['sent'], first['sent']);
    assert.equal(graph().sends.length, 1);
    await redeploy(flow({ text: 'Ciao' }), 'full', credentials);
    const after = await send({ payload: { ...payload, redelivered: true } });
    assert.deepEqual(after['sent'], first['sent']);
    assert.equal(graph().sends.length, 1);
  });

  it('ends a send that is under way at a deploy before its connection is closed', async () => {
    await start();
    const event = eventOf();
    const body = { messages: [{ id: 'wamid.slow', message_status: 'accepted' }] };
    graph().upset(closing().then(() => ({ body })));
    node('out').receive({ payload: event });
    await graph().send(0);
    await redeploy(flow({ text: 'Ciao' }), 'full', credentials);
    const { sent } = await send({ payload: { ...event, redelivered: true } });
    assert.deepEqual(sent, { id: 'wamid.slow', status: 'accepted' });
    assert.equal(graph().sends.length, 1);
  });

  it('sends a second, different message for one event, also after a deploy', async () => {
    await start({ text: '{{said}}' });
    const payload = eventOf();
    const first = await send({ payload, variables: { said: 'Thank you' } });
    await redeploy(flow({ text: '{{said}}' }), 'full', credentials);
    const second = await send({ payload, variables: { said: 'Your order is ready' } });
    assert.notEqual(second['sent'].id, first['sent'].id);
    assert.deepEqual(
      graph().sends.map(({ json }) => json.text.body),
      ['Thank you', 'Your order is ready'],
    );
  });

  it('opens nothing with a goodbye to an interaction that has closed', async () => {
    await start();
    const opened = nextInput('told');
    const event = eventOf();
    await send({ payload: event });
    const { payload } = await opened;
    const { inbox } = houseOf(runtimeApi()).accounts.get('shop')!;
    const closed = nextInput('told');
    const closing = { interactionId: payload.interaction.id, reason: 'inactivity' };
    await inbox.change((handOut) => inbox.store.closeInteraction(closing, Date.now(), handOut));
    const { payload: last } = await closed;
    const goodbye = nextInput('told');
    await send({ payload: last });
    const { interaction, name } = (await goodbye).payload;
    assert.deepEqual([name, interaction.id], ['message.outgoing', payload.interaction.id]);
    assert.deepEqual([interaction.state, interaction.change], ['closed', undefined]);
  });

  it('tells a Catch node why nothing was sent, and the account what ails it', async () => {
    await start();
    graph().upset(graphError(131026));
    const { error, sent } = await send();
    assert.equal(sent, undefined);
    assert.equal(error.code ?? error.name, 'E_SEND');
    assert.match(error.message, /131026/);
    assert.equal(statuses('out')[0]?.['fill'], 'red');
    assert.equal(houseOf(runtimeApi()).ailments.size, 0);
    graph().upset(graphError(190, 401));
    await send();
    assert.ok(houseOf(runtimeApi()).ailments.get('shop'));
    await send();
    assert.equal(houseOf(runtimeApi()).ailments.size, 0);
  });

  it('is counted by how the tries ended', async () => {
    await start();
    const count = (outcome: string) => {
      const metrics = renderMetrics(houseOf(runtimeApi()).meters.families());
      const counts = new RegExp(`sends_total\\{[^}]*outcome="${outcome}"\\} (\\d+)`, 'g');
      return [...metrics.matchAll(counts)].reduce((sum, [, value]) => sum + Number(value), 0);
    };
    const outcomes = ['sent', 'failed_for_now', 'refused', 'unknown'];
    const before = outcomes.map(count);
    graph().upset(graphError(131016, 503));
    await send();
    graph().upset(graphError(131026));
    await send();
    graph().upset('reset');
    await send();
    const made = outcomes.map((outcome, i) => count(outcome) - before[i]!);
    assert.deepEqual(made, [1, 1, 1, 1]);
  });

  it('breaks off two robots that talk', async () => {
    await start();
    const { contact } = eventOf();
    for (let n = 0; n < 10; n++) assert.ok((await send({ payload: eventOf({ contact }) }))['sent']);
    const { error } = await send({ payload: eventOf({ contact }) });
    assert.match(error.message, /two robots/);
    assert.equal(graph().sends.length, 10);
    assert.equal(node('out').warn.args.length, 1);
  });

  const wrong: readonly (readonly [string, object, string])[] = [
    ['without a text', {}, 'E_CONFIG'],
    ['without a template', { messageType: 'template' }, 'E_CONFIG'],
    ['without a URL', { messageType: 'media' }, 'E_CONFIG'],
    ['of an unknown type', { messageType: 'fax', text: 'x' }, 'E_CONFIG'],
    ['with an account that is not there', { text: 'x', account: 'gone' }, 'E_CONFIG'],
    ['with an account that cannot send', { text: 'x', account: 'other' }, 'E_CONFIG'],
    ['with more than variables in a text', { text: '{{#a}}x{{/a}}' }, 'E_TEMPLATE'],
    ['with JSON that is none', { messageType: 'raw', text: '{' }, 'E_TEMPLATE'],
    ['with a variable host', { messageType: 'media', mediaUrl: 'https://{{a}}/b' }, 'E_URL'],
  ];
  const other = {
    id: 'other',
    type: 'whatsapp-account',
    provider: 'generic',
    accountId: 'x',
    path: 'another-long-and-random-path',
  };

  for (const [title, properties, code] of wrong) {
    it(`refuses its messages ${title}`, async () => {
      await start(properties, other);
      const [status] = statuses('out');
      assert.equal(status?.['fill'], 'red');
      assert.ok(status?.['text'].startsWith(code), status?.['text']);
      const { error } = await send();
      assert.equal(error.code ?? error.name, code);
      assert.deepEqual(graph().sends, []);
    });
  }
});

describe('whatsapp-out with a send that waits', () => {
  useRuntime();
  const { graph, flow, start, send, statuses } = useOut([3600]);

  it('shows it, ends with the node, and sends it when the event comes again', async () => {
    await start();
    const event = eventOf();
    graph().upset(graphError(131016, 503));
    node('out').receive({ payload: event });
    await graph().send(0);
    const showing = () => statuses('out').some(({ text }) => text.includes('status.waiting'));
    while (!showing()) await new Promise(setImmediate);
    await redeploy(flow({ text: 'Ciao' }), 'full', credentials);
    const { sent } = await send({ payload: { ...event, redelivered: true } });
    assert.equal(sent.id, 'wamid.fake-0');
    assert.equal(graph().sends.length, 2);
  });
});

describe('the account of an event', () => {
  useRuntime();
  const { flow, start } = useOut();
  const file = { type: 'image', id: 'picture-1' };

  it('gives out the files of its messages, until it is stopped', async () => {
    await start();
    const account = node('shop');
    const { stream, mimeType } = await account['fetchMedia'](file);
    assert.equal(mimeType, 'image/png');
    assert.deepEqual(await buffer(stream), picture);
    await redeploy(flow({ text: 'Ciao' }), 'full', credentials);
    await assert.rejects(account['fetchMedia'](file));
  });
});
