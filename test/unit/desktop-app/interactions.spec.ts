import assert from 'node:assert/strict';
import { elementId } from '../../../src/desktop/app/model/step.ts';
import { near, offer, onlineDesk, welcome } from './desk.ts';
import { deskInTalk, deskWith, interaction, message } from './talk.ts';

const ids = (desk: ReturnType<typeof onlineDesk>) => desk.state().interactions.map(({ id }) => id);

describe('the interactions of an agent', () => {
  it('stand with the latest first, also when one changes', () => {
    const desk = deskWith(interaction('a', { lastAt: 1 }), interaction('b', { lastAt: 2 }));
    assert.deepEqual(ids(desk), ['b', 'a']);
    desk.hear({ type: 'interaction', interaction: interaction('a', { lastAt: 3 }) });
    assert.deepEqual(ids(desk), ['a', 'b']);
  });

  it('open by themselves when the agent has just accepted them, and take the keyboard along', () => {
    const won = { type: 'answered', offerId: 'o', won: true, interactionId: 'n' } as const;
    const came = {
      type: 'interaction',
      interaction: interaction('n', { contact: 'Maria' }),
    } as const;
    for (const words of [
      [won, came],
      [came, won],
    ]) {
      const desk = onlineDesk().hear({ type: 'offers', offers: [offer('o', 'Maria')] });
      desk.act({ type: 'answer', offerId: 'o', choice: 'accept' });
      for (const word of words) desk.hear(word);
      assert.equal(desk.state().chosen, 'n');
      assert.ok(desk.focused().includes(elementId.reply));
    }
  });

  it('open by what they are, not by the name of the contact, which others may have too', () => {
    const desk = deskWith(interaction('old', { contact: 'Anna' }));
    desk.hear({ type: 'offers', offers: [offer('o', 'Anna')] });
    desk.act({ type: 'answer', offerId: 'o', choice: 'accept' });
    desk.hear({ type: 'answered', offerId: 'o', won: true, interactionId: 'new' });
    const given = interaction('given', { contact: 'Anna' });
    desk.hear({ type: 'interaction', interaction: given });
    assert.equal(desk.state().chosen, undefined);
    desk.hear({ type: 'interaction', interaction: interaction('new', { contact: 'Anna' }) });
    assert.equal(desk.state().chosen, 'new');
  });

  it('do not push aside the one that is open when somebody else gives them', () => {
    const desk = deskInTalk(message(1));
    desk.hear({ type: 'interaction', interaction: interaction('n', { contact: 'Maria' }) });
    assert.equal(desk.state().chosen, 'i');
    assert.match(desk.state().announcement.text, /Maria is yours now/);
  });

  it('keep what was typed while they are not listed, as when their queue is deployed anew', () => {
    const desk = deskInTalk(message(1)).act({ type: 'typed', interactionId: 'i', text: 'Half' });
    desk.hear({ type: 'interactions', interactions: [] });
    desk.act({ type: 'connectionLost' }).hear(welcome());
    desk.hear({ type: 'interactions', interactions: [] });
    desk.hear({ type: 'interactions', interactions: [interaction('i')] });
    assert.equal(desk.state().drafts.get('i'), 'Half');
  });

  const halfDone = () =>
    deskInTalk(message(1))
      .act({ type: 'typed', interactionId: 'i', text: 'Half' })
      .act({ type: 'connectionLost' })
      .hear(welcome());
  const listed = (...interactions: ReturnType<typeof interaction>[]) =>
    ({ type: 'interactions', interactions }) as const;

  it('take along what was typed when they ended while the connection was lost', () => {
    const desk = halfDone().hear(listed(), near, 5);
    const due = { type: 'unlistedDue', since: 5 } as const;
    assert.deepEqual(desk.effects.at(-1), { type: 'later', after: 60_000, action: due });
    desk.hear(listed(), near, 6).act(due);
    const { chosen, conversations, drafts } = desk.state();
    assert.deepEqual([chosen, conversations.size, drafts.size], [undefined, 0, 0]);
  });

  it('keep what was typed when they come back in time, or nobody can tell', () => {
    const due = { type: 'unlistedDue', since: 5 } as const;
    const kept = (desk: ReturnType<typeof halfDone>) => desk.act(due).state().drafts.get('i');
    const gone = () => halfDone().hear(listed(), near, 5);
    assert.equal(kept(gone().hear(listed(interaction('i')), near, 6)), 'Half');
    assert.equal(kept(gone().hear({ type: 'interaction', interaction: interaction('i') })), 'Half');
    assert.equal(kept(gone().act({ type: 'connectionLost' })), 'Half');
    const again = gone()
      .hear(listed(interaction('i')), near, 6)
      .hear(listed(), near, 7);
    assert.equal(kept(again), 'Half', 'deployed once more');
    const reconnected = gone().act({ type: 'connectionLost' }).hear(welcome());
    assert.equal(kept(reconnected.hear(listed(), near, 8)), 'Half');
  });

  it('go with everything that belonged to them', () => {
    const desk = deskInTalk(message(1)).act({ type: 'typed', interactionId: 'i', text: 'Half' });
    desk.hear({ type: 'interactionEnded', id: 'i', reason: 'closed', by: 'Carla' });
    const { chosen, conversations, drafts, notices } = desk.state();
    assert.deepEqual([chosen, conversations.size, drafts.size], [undefined, 0, 0]);
    assert.equal(notices[0]?.text, 'Carla closed the conversation with Contact i.');
  });

  it('go without a notice when the agent closed them', () => {
    const desk = deskInTalk(message(1));
    desk.act({ type: 'closeWanted', interactionId: 'i', reason: 'resolved' });
    assert.deepEqual(desk.sent().at(-1), {
      type: 'close',
      interactionId: 'i',
      reason: 'resolved',
    });
    assert.deepEqual(ids(desk), ['i']);
    desk.hear({ type: 'interactionEnded', id: 'i', reason: 'closed' });
    assert.deepEqual(desk.state().notices, []);
    assert.match(desk.state().announcement.text, /Contact i is closed/);
  });

  it('stay when the server refuses to give them away', () => {
    const desk = deskInTalk(message(1));
    desk.act({ type: 'transferWanted', interactionId: 'i', to: { agent: 'gone' } });
    desk.hear({
      type: 'refused',
      what: 'transfer',
      interactionId: 'i',
      reason: 'noSuchTarget',
    });
    assert.equal(desk.state().leaving.size, 0);
    assert.equal(desk.state().chosen, 'i');
    assert.match(desk.state().notices[0]?.text ?? '', /not there any more/);
  });

  it('are walked through, round the list, and to the next one that is unread', () => {
    const desk = deskWith(
      interaction('a', { lastAt: 3 }),
      interaction('b', { lastAt: 2 }),
      interaction('c', { lastAt: 1, unread: 1 }),
    );
    const to = (step: 'next' | 'previous' | 'unread') =>
      desk.act({ type: 'stepped', to: step }).state().chosen;
    assert.deepEqual(
      [to('next'), to('next'), to('previous'), to('previous')],
      ['a', 'b', 'a', 'c'],
    );
    assert.equal(to('next'), 'a');
    assert.equal(to('unread'), 'c');
    assert.equal(to('unread'), 'c');
  });
});
