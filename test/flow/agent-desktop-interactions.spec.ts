import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import * as meta from '../fixtures/meta.ts';
import { openChannel, useAgents } from '../support/agent.ts';
import { accept, offered, settled, until, useWork } from '../support/agents-work.ts';
import { agentsOf, useDesktopFlow } from '../support/desktop-flow.ts';
import { graphError } from '../support/fake-graph.ts';
import { closing, redeploy, useRuntime } from '../support/flow.ts';

describe('agent-desktop: interactions', () => {
  useDesktopFlow();
  useRuntime();
  useAgents();
  const { graph, flow, secrets, start, post, write, eventNamed } = useWork();

  it('are told to the agent who has accepted them, with what the page shows', async () => {
    await start();
    const { root, pages } = await agentsOf('anna', 'bruno');
    const [anna, bruno] = pages;
    assert.deepEqual((await anna.next('interactions')).interactions, []);
    await write(root);
    const interaction = await accept(anna);
    const { id, openedAt, lastAt, windowUntil, ...rest } = interaction;
    assert.ok(id !== '' && lastAt >= openedAt);
    assert.ok(Math.abs((windowUntil ?? 0) - Date.now() - 24 * 3_600_000) < 60_000);
    assert.deepEqual(rest, {
      contact: 'Giulia Müller 🌻',
      detail: '+393331234567',
      account: 'Shop',
      queue: 'Sales',
      lastText: 'Dov’è il mio ordine?',
      lastType: 'text',
      unread: 1,
      canReply: true,
      agent: { username: 'anna', name: 'ANNA' },
    });
    await settled(bruno);
    assert.deepEqual(bruno.untaken('interaction'), []);
  });

  it('come again with the next connection', async () => {
    await start();
    const { root, desktop, pages } = await agentsOf('anna');
    const [anna] = pages;
    await write(root);
    const { id } = await accept(anna);
    const again = await openChannel(desktop, anna.cookie);
    const { interactions } = await again.next('interactions');
    assert.deepEqual(
      interactions.map((one) => one.id),
      [id],
    );
  });

  it('have their conversation read in pages, and told on as it goes on', async () => {
    await start();
    const { root, pages } = await agentsOf('anna');
    const [anna] = pages;
    const parts = Array.from({ length: 60 }, (_, at) => meta.message(meta.text(`Line ${at}`)));
    await post(root, meta.webhook([meta.change({ messages: parts })]));
    const { id } = await accept(anna);
    anna.say({ type: 'open', interactionId: id });
    const latest = await anna.next('conversation');
    assert.deepEqual(
      latest.messages.map(({ text }) => text),
      Array.from({ length: 50 }, (_, at) => `Line ${at + 10}`),
    );
    assert.equal(latest.more, true);
    const before = latest.messages[0]!.seq;
    anna.say({ type: 'older', interactionId: id, before });
    const older = await anna.next('conversation');
    assert.equal(older.before, before);
    assert.equal(older.messages.length, 10);
    assert.equal(older.more, false);
    await write(root, 'One more');
    const { message, interactionId } = await anna.next('message');
    assert.equal(interactionId, id);
    assert.equal(message.text, 'One more');
    assert.equal(message.verb, 'incoming');
    await until(anna, 'interaction', ({ interaction }) => interaction.lastText === 'One more');
  });

  it('tell of media, places and buttons what a page can show', async () => {
    await start();
    const { root, pages } = await agentsOf('anna');
    const [anna] = pages;
    const bodies = [
      meta.image('The box'),
      meta.location(45.07, 7.69, 'Mole'),
      meta.buttonReply('yes', 'Yes'),
    ];
    const messages = bodies.map((body) => meta.message(body));
    await post(root, meta.webhook([meta.change({ messages })]));
    const { id } = await accept(anna);
    anna.say({ type: 'open', interactionId: id });
    const [image, place, button] = (await anna.next('conversation')).messages;
    assert.equal(image!.type, 'image');
    assert.equal(image!.media[0]?.caption, 'The box');
    assert.equal(place!.location?.name, 'Mole');
    assert.equal(place!.location?.latitude, 45.07);
    assert.equal(button!.buttonId, 'yes');
  });

  it('count as unread until their agent has read them', async () => {
    await start();
    const { root, pages } = await agentsOf('anna');
    const [anna] = pages;
    await write(root);
    const { id } = await accept(anna);
    await write(root, 'Hello?');
    await until(anna, 'interaction', ({ interaction }) => interaction.unread === 2);
    anna.say({ type: 'open', interactionId: id });
    const { messages } = await anna.next('conversation');
    anna.say({ type: 'read', interactionId: id, seq: messages.at(-1)!.seq });
    await until(anna, 'interaction', ({ interaction }) => interaction.unread === 0);
  });

  describe('reply', () => {
    it('goes out once, however often it is sent, and is told with its ticks', async () => {
      await start();
      const { root, pages } = await agentsOf('anna');
      const [anna] = pages;
      await write(root);
      const { id } = await accept(anna);
      anna.say({ type: 'open', interactionId: id });
      await anna.next('conversation');
      const outgoing = eventNamed('message.outgoing');
      const draftId = randomUUID();
      const reply = { type: 'reply', interactionId: id, draftId, text: 'È in viaggio 🚚' } as const;
      anna.say(reply);
      anna.say(reply);
      const answers = [await anna.next('replied'), await anna.next('replied')];
      assert.deepEqual(answers, [
        { type: 'replied', draftId, ok: true },
        { type: 'replied', draftId, ok: true },
      ]);
      assert.equal(graph().sends.length, 1);
      assert.equal(graph().sends[0]!.json.text.body, 'È in viaggio 🚚');
      assert.equal((await outgoing)['payload'].interaction.id, id);
      const { message } = await anna.next('message');
      assert.deepEqual(
        [message.verb, message.text, message.by, message.status],
        ['outgoing', 'È in viaggio 🚚', 'ANNA', 'sent'],
      );
      const statuses = [meta.status(message.id, 'delivered'), meta.status(message.id, 'read')];
      await post(root, meta.webhook([meta.change({ statuses })]));
      const read = await until(anna, 'message', (word) => word.message.status === 'read');
      assert.equal(read.message.seq, message.seq);
    });

    it('that is refused says why', async () => {
      await start();
      const { root, pages } = await agentsOf('anna');
      const [anna] = pages;
      await write(root);
      const { id } = await accept(anna);
      graph().upset(graphError(131026, 400, 'Not on WhatsApp.'));
      const reply = { type: 'reply', interactionId: id, text: 'Ciao' } as const;
      anna.say({ ...reply, draftId: randomUUID() });
      const failed = await anna.next('replied');
      assert.equal(failed.ok, false);
      assert.equal(failed.reason, 'failed');
      assert.match(failed.text ?? '', /131026/);
      graph().upset(graphError(131047));
      anna.say({ ...reply, draftId: randomUUID() });
      assert.equal((await anna.next('replied')).reason, 'window');
    });

    it('that is under way at a deploy is sent before its connection is closed', async () => {
      await start();
      const { root, desktop, pages } = await agentsOf('anna');
      const [anna] = pages;
      await write(root);
      const { id } = await accept(anna);
      const body = { messages: [{ id: 'wamid.slow', message_status: 'accepted' }] };
      graph().upset(closing().then(() => ({ body })));
      anna.say({ type: 'reply', interactionId: id, draftId: randomUUID(), text: 'Eccolo' });
      await graph().send(0);
      await redeploy(flow()(), 'full', secrets());
      const again = await openChannel(desktop, anna.cookie);
      again.say({ type: 'open', interactionId: id });
      const { messages } = await again.next('conversation');
      assert.deepEqual(messages.map(({ text, status }) => [text, status]).at(-1), [
        'Eccolo',
        'sent',
      ]);
    });

    it('is not for an interaction of somebody else', async () => {
      await start();
      const { root, pages } = await agentsOf('anna', 'bruno');
      const [anna, bruno] = pages;
      await write(root);
      const { id } = await accept(anna);
      bruno.say({ type: 'reply', interactionId: id, draftId: randomUUID(), text: 'Ciao' });
      assert.equal((await bruno.next('replied')).reason, 'gone');
      assert.equal(graph().sends.length, 0);
    });
  });

  it('close with a reason that the flow is told, and by whom', async () => {
    await start();
    const { root, pages } = await agentsOf('anna');
    const [anna] = pages;
    await write(root);
    const { id } = await accept(anna);
    const closed = eventNamed('interaction.closed');
    anna.say({ type: 'close', interactionId: id, reason: 'Risolto' });
    assert.deepEqual(await anna.next('interactionEnded'), {
      type: 'interactionEnded',
      id,
      reason: 'closed',
      by: 'ANNA',
    });
    const { payload } = await closed;
    assert.equal(payload.interaction.reason, 'Risolto');
    assert.equal(payload.agent.username, 'anna');
    anna.say({ type: 'close', interactionId: id, reason: '' });
    assert.deepEqual(await anna.next('refused'), {
      type: 'refused',
      what: 'close',
      interactionId: id,
      reason: 'gone',
    });
  });

  describe('transfer', () => {
    it('to an agent makes it theirs, and nothing more is told to the one before', async () => {
      await start();
      const { root, pages } = await agentsOf('anna', 'carla');
      const [anna, carla] = pages;
      await write(root);
      const { id } = await accept(anna);
      anna.say({ type: 'open', interactionId: id });
      await anna.next('conversation');
      anna.say({ type: 'transfer', interactionId: id, to: { agent: 'carla' } });
      const { interaction } = await carla.next('interaction');
      assert.equal(interaction.id, id);
      assert.equal(interaction.agent?.username, 'carla');
      assert.deepEqual(await anna.next('interactionEnded'), {
        type: 'interactionEnded',
        id,
        reason: 'transferred',
        by: 'ANNA',
      });
      const incoming = eventNamed('message.incoming');
      await write(root, 'A secret');
      assert.equal((await incoming)['payload'].agent.username, 'carla');
      await until(carla, 'interaction', (word) => word.interaction.lastText === 'A secret');
      await settled(anna);
      assert.deepEqual(anna.untaken('message'), []);
      anna.say({ type: 'open', interactionId: id });
      assert.equal((await anna.next('refused')).reason, 'gone');
    });

    it('to a queue offers it anew', async () => {
      await start();
      const { root, pages } = await agentsOf('anna', 'bruno');
      const [anna, bruno] = pages;
      await write(root);
      const { id } = await accept(anna);
      await offered(bruno);
      await offered(bruno, 0);
      anna.say({ type: 'transfer', interactionId: id, to: { queue: 'sales' } });
      await anna.next('interactionEnded');
      const interaction = await accept(bruno);
      assert.equal(interaction.id, id);
    });

    it('to nobody that is there is refused', async () => {
      await start();
      const { root, pages } = await agentsOf('anna');
      const [anna] = pages;
      await write(root);
      const { id } = await accept(anna);
      for (const to of [{ agent: 'nobody' }, { queue: 'desktop' }]) {
        anna.say({ type: 'transfer', interactionId: id, to });
        assert.equal((await anna.next('refused')).reason, 'noSuchTarget');
      }
    });
  });
});
