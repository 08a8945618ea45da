import assert from 'node:assert/strict';
import type { EarlierView } from '../../../src/desktop/interaction-view.ts';
import { welcome } from './desk.ts';
import { deskInTalk, message } from './talk.ts';

const place = { interactionId: 'i', earlierId: 'e' } as const;
const earlier: EarlierView = { id: 'e', openedAt: 0, closedAt: 1, reason: 'resolved' };
const toggled = { type: 'earlierToggled', ...place } as const;

describe('the earlier conversations of a contact', () => {
  const deskWithHistory = () =>
    deskInTalk(message(9)).hear({ type: 'history', interactionId: 'i', earlier: [earlier] });
  const opened = (desk: ReturnType<typeof deskInTalk>) =>
    desk.state().earlier.get('i')?.open.get('e');
  const asked = (desk: ReturnType<typeof deskInTalk>) =>
    desk.sent().filter(({ type }) => type === 'earlier');

  it('are asked for once the beginning of the conversation is there, and only once', () => {
    const desk = deskInTalk(message(2));
    desk.hear({ type: 'conversation', interactionId: 'i', messages: [message(2)], more: false });
    assert.equal(desk.sent().filter(({ type }) => type === 'history').length, 1);
  });

  it('open with what was said, the latest first, and more of it when the agent wants it', () => {
    const desk = deskWithHistory().act(toggled);
    assert.equal(opened(desk)?.waiting, 'open');
    desk.hear({ type: 'earlier', ...place, messages: [message(3)], more: true });
    desk.act({ type: 'earlierWanted', ...place }, { type: 'earlierWanted', ...place });
    assert.deepEqual(
      asked(desk).map((word) => 'before' in word && word.before),
      [undefined, 3],
    );
    desk.hear({ type: 'earlier', ...place, before: 3, messages: [message(1)], more: false });
    assert.deepEqual(opened(desk)?.messages, [message(1), message(3)]);
  });

  it('close again, and forget an answer that comes too late', () => {
    const desk = deskWithHistory().act(toggled, toggled);
    desk.hear({ type: 'earlier', ...place, messages: [message(3)], more: false });
    assert.equal(opened(desk), undefined);
  });

  it('stay open over a lost connection, but for those whose answer was lost with it', () => {
    const other = { ...toggled, earlierId: 'f' };
    const desk = deskWithHistory().act(toggled);
    desk.hear({ type: 'earlier', ...place, messages: [message(3)], more: false });
    desk.act(other, { type: 'connectionLost' }).hear(welcome());
    assert.deepEqual([...(desk.state().earlier.get('i')?.open.keys() ?? [])], ['e']);
  });

  it('are told to be closed to them when they may not be read', () => {
    const desk = deskWithHistory().act(toggled);
    desk.hear({ type: 'refused', what: 'earlier', interactionId: 'i', reason: 'gone' });
    assert.equal(opened(desk), undefined);
    assert.equal(desk.state().notices.length, 1);
  });

  it('go with the interaction', () => {
    const desk = deskWithHistory();
    desk.hear({ type: 'interactionEnded', id: 'i', reason: 'closed' });
    assert.equal(desk.state().earlier.size, 0);
  });
});
