import assert from 'node:assert/strict';
import { longestReply } from '../../../src/desktop/protocol.ts';
import { welcome } from './desk.ts';
import { deskInTalk, deskWith, interaction, message } from './talk.ts';

const type = (text: string) => ({ type: 'typed', interactionId: 'i', text }) as const;
const send = { type: 'sent', interactionId: 'i', draftId: 'd', at: 1 } as const;
const sent = { type: 'reply', interactionId: 'i', draftId: 'd', text: 'Hello' } as const;

describe('a reply', () => {
  it('goes out under its id and is on the screen at once', () => {
    const desk = deskInTalk().act(type(' Hello '), send);
    assert.deepEqual(desk.sent().at(-1), sent);
    assert.equal(desk.state().replies.get('d')?.state, 'sending');
    assert.equal(desk.state().drafts.has('i'), false);
  });

  it('goes out once, however often Enter is pressed', () => {
    const desk = deskInTalk().act(type('Hello'), send, { ...send, draftId: 'e' });
    assert.equal(desk.sent().filter(({ type }) => type === 'reply').length, 1);
  });

  for (const [why, text] of [
    ['is empty', ' \n '],
    ['is too long', 'x'.repeat(longestReply + 1)],
  ] as const) {
    it(`stays in its box when it ${why}`, () => {
      const desk = deskInTalk().act(type(text), send);
      assert.ok(desk.sent().every(({ type }) => type !== 'reply'));
      assert.equal(desk.state().drafts.get('i'), text);
    });
  }

  it('stays in its box while there is no connection', () => {
    const desk = deskInTalk().act(type('Hello'), { type: 'connectionLost' }, send);
    assert.equal(desk.state().drafts.get('i'), 'Hello');
  });

  it('gives way to the message that it has become, whichever word comes first', () => {
    const became = message(9, { verb: 'outgoing', text: 'Hello', status: 'sent' });
    const said = { type: 'message', interactionId: 'i', message: became } as const;
    const done = { type: 'replied', draftId: 'd', ok: true } as const;
    for (const words of [
      [said, done],
      [done, said],
    ]) {
      const desk = deskInTalk().act(type('Hello'), send);
      for (const word of words) desk.hear(word);
      assert.equal(desk.state().replies.size, 0);
    }
  });

  it('is still there when the server did not take it, to be tried again under the same id', () => {
    const desk = deskInTalk().act(type('Hello'), send);
    desk.hear({ type: 'replied', draftId: 'd', ok: false, reason: 'failed', text: 'Unknown' });
    const { state, reason, detail } = desk.state().replies.get('d') ?? {};
    assert.deepEqual([state, reason, detail], ['failed', 'failed', 'Unknown']);
    desk.act({ type: 'sentAgain', draftId: 'd' });
    assert.deepEqual(desk.sent().slice(-2), [sent, sent]);
    assert.equal(desk.state().replies.get('d')?.state, 'sending');
  });

  it('can be dropped when it failed', () => {
    const desk = deskInTalk().act(type('Hello'), send);
    desk.hear({ type: 'replied', draftId: 'd', ok: false, reason: 'window' });
    assert.equal(desk.act({ type: 'replyDropped', draftId: 'd' }).state().replies.size, 0);
  });

  it('is said again to a new connection, which sends no id twice', () => {
    const desk = deskInTalk().act(type('Hello'), send, { type: 'connectionLost' });
    desk.hear(welcome());
    assert.deepEqual(desk.sent().at(-1), sent);
  });
});

describe('what is typed', () => {
  it('stays with its conversation', () => {
    const desk = deskWith(interaction('i'), interaction('j')).act(
      { type: 'chosen', interactionId: 'i' },
      type('Half a'),
      { type: 'chosen', interactionId: 'j' },
    );
    assert.deepEqual([...desk.state().drafts], [['i', 'Half a']]);
  });
});
