import assert from 'node:assert/strict';
import { near, type onlineDesk, welcome } from './desk.ts';
import { deskInTalk, deskWith, interaction, message, reading } from './talk.ts';

const choose = (interactionId: string) => ({ type: 'chosen', interactionId }) as const;

describe('a conversation', () => {
  it('is asked for when it is opened, once, and kept up to date from then on', () => {
    const desk = deskInTalk(message(1));
    desk.act({ type: 'chosen', interactionId: undefined }, choose('i'));
    assert.equal(desk.sent().filter(({ type }) => type === 'open').length, 1);
    desk.hear({ type: 'message', interactionId: 'i', message: message(2) });
    assert.deepEqual(texts(desk), ['Text 1', 'Text 2']);
  });

  it('is asked for again when 20 others were opened since: the server follows no more', () => {
    const ids = Array.from({ length: 21 }, (_, index) => `i${index}`);
    const desk = deskWith(...ids.map((id) => interaction(id)));
    desk.act(...ids.map(choose), choose('i20'), choose('i0'));
    assert.equal(desk.state().conversations.size, 20);
    assert.deepEqual(desk.sent().filter((word) => word.type === 'open').length, 22);
  });

  it('is asked for again after the connection was lost, and shows what it knew until then', () => {
    const desk = deskInTalk(message(1)).act({ type: 'connectionLost' });
    desk.hear(welcome());
    assert.deepEqual(desk.sent().at(-1), { type: 'open', interactionId: 'i' });
    assert.deepEqual(texts(desk), ['Text 1']);
  });

  it('changes the ticks of a message in its place', () => {
    const own = message(2, { verb: 'outgoing', status: 'sent' });
    const desk = deskInTalk(message(1), own, message(3));
    desk.hear({ type: 'message', interactionId: 'i', message: { ...own, status: 'read' } });
    const { messages } = known(desk);
    assert.deepEqual(
      messages.map(({ seq, status }) => [seq, status]),
      [
        [1, undefined],
        [2, 'read'],
        [3, undefined],
      ],
    );
  });

  it('puts earlier messages before, each once', () => {
    const desk = deskWith(interaction('i')).act(choose('i'));
    const newest = [message(3), message(4)];
    desk.hear({ type: 'conversation', interactionId: 'i', messages: newest, more: true });
    const older = { type: 'olderWanted', interactionId: 'i' } as const;
    desk.act(older, older);
    assert.deepEqual(desk.sent().slice(1), [{ type: 'older', interactionId: 'i', before: 3 }]);
    const messages = [message(1), message(2), message(3)];
    desk.hear({ type: 'conversation', interactionId: 'i', before: 3, messages, more: false });
    assert.deepEqual(texts(desk), ['Text 1', 'Text 2', 'Text 3', 'Text 4']);
    const before = desk.sent().length;
    assert.equal(desk.act(older).sent().length, before);
  });

  it('says so when it may not be read', () => {
    const desk = deskWith(interaction('i')).act(choose('i'));
    desk.hear({ type: 'refused', what: 'open', interactionId: 'i', reason: 'gone' });
    assert.equal(known(desk).gone, true);
  });
});

describe('unread messages', () => {
  const unread = interaction('i', { unread: 2 });
  const answer = {
    type: 'conversation',
    interactionId: 'i',
    messages: [message(1), message(2), message(3, { verb: 'outgoing' }), message(4)],
    more: false,
  } as const;

  it('are read when the agent has the conversation before their eyes', () => {
    const desk = deskWith(unread).act(choose('i')).hear(answer, reading);
    assert.deepEqual(desk.sent().at(-1), { type: 'read', interactionId: 'i', seq: 4 });
    assert.equal(desk.state().interactions[0]?.unread, 0);
  });

  it('stay unread behind another window until the agent comes back', () => {
    const desk = deskWith(unread).act(choose('i')).hear(answer, near);
    assert.equal(desk.state().interactions[0]?.unread, 2);
    desk.act({ type: 'attended' });
    assert.deepEqual(desk.sent().at(-1), { type: 'read', interactionId: 'i', seq: 4 });
  });

  it('that come before the eyes of the agent are read once, whichever word comes first', () => {
    const came = { type: 'message', interactionId: 'i', message: message(2) } as const;
    const counted = {
      type: 'interaction',
      interaction: interaction('i', { unread: 1 }),
    } as const;
    for (const words of [
      [came, counted],
      [counted, came, counted],
    ]) {
      const desk = deskInTalk(message(1));
      for (const word of words) desk.hear(word, reading);
      const reads = desk.sent().filter((word) => word.type === 'read');
      assert.equal(reads.at(-1)?.seq, 2);
      assert.equal(reads.filter(({ seq }) => seq === 2).length, 1);
      assert.equal(desk.state().interactions[0]?.unread, 0);
    }
  });

  it('are marked off from those before them', () => {
    const desk = deskWith(unread).act(choose('i')).hear(answer, reading);
    assert.equal(known(desk).freshFrom, 2);
  });

  it('alert the agent who looks elsewhere, without a sound, and not the one who reads them', () => {
    const desk = deskInTalk(message(1)).hear({
      type: 'interactions',
      interactions: [interaction('i'), interaction('j')],
    });
    const more = (id: string) =>
      ({ type: 'interaction', interaction: interaction(id, { unread: 1 }) }) as const;
    desk.hear(more('i'), reading).hear(more('j'), reading);
    const alerts = desk.effects.flatMap((effect) => (effect.type === 'alert' ? effect.alert : []));
    assert.deepEqual(
      alerts.map(({ title, sound }) => [title, sound]),
      [['New message: Contact j', false]],
    );
  });
});

function known(desk: ReturnType<typeof onlineDesk>) {
  const conversation = desk.state().conversations.get('i');
  assert.ok(conversation);
  return conversation;
}

function texts(desk: ReturnType<typeof onlineDesk>): readonly string[] {
  return known(desk).messages.map(({ text }) => text);
}
