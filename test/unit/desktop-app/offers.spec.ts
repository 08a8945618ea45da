import assert from 'node:assert/strict';
import { elementId } from '../../../src/desktop/app/model/step.ts';
import { near, offer, onlineDesk, welcome } from './desk.ts';

const accept = { type: 'answer', offerId: 'o', choice: 'accept' } as const;

describe('offers', () => {
  it('stand as the server lists them, the longest wait first', () => {
    const late = { ...offer('late'), createdAt: 2 };
    const early = { ...offer('early'), createdAt: 1 };
    const desk = onlineDesk().hear({ type: 'offers', offers: [late, early] });
    assert.deepEqual(desk.state().offers, [early, late]);
    assert.deepEqual(desk.hear({ type: 'offers', offers: [] }).state().offers, []);
  });

  it('are spoken when they are new, not when they only stay', () => {
    const desk = onlineDesk().hear({ type: 'offers', offers: [offer('o', 'Maria')] });
    const { announcement } = desk.state();
    assert.equal(announcement.text, 'Offer: Maria');
    desk.hear({ type: 'offers', offers: [offer('o', 'Maria')] });
    assert.equal(desk.state().announcement, announcement);
  });

  it('are answered once, however often the button is pressed', () => {
    const desk = onlineDesk().hear({ type: 'offers', offers: [offer('o')] });
    desk.act(accept, accept, { ...accept, choice: 'reject' });
    assert.deepEqual(desk.sent(), [{ type: 'accept', offerId: 'o' }]);
    assert.equal(desk.state().answers.get('o')?.choice, 'accept');
  });

  it('tell who won', () => {
    const outcome = (word: { readonly won: boolean; readonly by?: string }) =>
      onlineDesk()
        .hear({ type: 'offers', offers: [offer('o', 'Maria')] })
        .act(accept)
        .hear({ type: 'answered', offerId: 'o', ...word })
        .state();
    assert.deepEqual(outcome({ won: true }).offers, []);
    assert.match(outcome({ won: true }).announcement.text, /You took .*Maria/);
    assert.deepEqual(outcome({ won: true }).notices, []);
    const lost = outcome({ won: false });
    assert.match(lost.notices[0]?.text ?? '', /Maria is no longer on offer/);
    const known = outcome({ won: false, by: 'Bruno' });
    assert.equal(known.notices[0]?.text, 'Bruno took the conversation with Maria.');
  });

  it('tell who won also when the list changed before the answer came', () => {
    const desk = onlineDesk()
      .hear({ type: 'offers', offers: [offer('o', 'Maria')] })
      .act(accept);
    desk.hear({ type: 'offers', offers: [] }).hear({ type: 'answered', offerId: 'o', won: true });
    assert.match(desk.state().announcement.text, /Maria/);
  });

  it('alert the agent once each, with a sound', () => {
    const desk = onlineDesk().hear({ type: 'offers', offers: [offer('o', 'Maria')] });
    desk.hear({ type: 'offers', offers: [offer('o', 'Maria'), offer('p', 'Ugo')] });
    const alerts = desk.effects.flatMap((effect) => (effect.type === 'alert' ? effect.alert : []));
    assert.deepEqual(
      alerts.map(({ id, title, sound }) => [id, title, sound]),
      [
        ['offer-o', 'Offer: Maria', true],
        ['offer-p', 'Offer: Ugo', true],
      ],
    );
  });

  it('answer the one that waits longest to the keyboard', () => {
    const offers = [
      { ...offer('late'), createdAt: 2 },
      { ...offer('early'), createdAt: 1 },
    ];
    const desk = onlineDesk().hear({ type: 'offers', offers });
    const first = { type: 'firstAnswered', choice: 'accept' } as const;
    assert.deepEqual(desk.act(first, first).sent(), [
      { type: 'accept', offerId: 'early' },
      { type: 'accept', offerId: 'late' },
    ]);
  });

  it('are listed as missed when their time runs out, and only then', () => {
    const standing = { ...offer('o', 'Maria'), expiresAt: 30_000 };
    const gone = (at: number) =>
      onlineDesk()
        .hear({ type: 'offers', offers: [standing] })
        .hear({ type: 'offers', offers: [] }, near, at)
        .state().lapsed;
    assert.deepEqual(gone(29_000), [{ id: 'o', contact: 'Maria', at: 29_000 }]);
    assert.deepEqual(gone(20_000), []);
  });

  it('catch the keyboard when the pressed button goes away', () => {
    const desk = onlineDesk()
      .hear({ type: 'offers', offers: [offer('o')] })
      .act(accept);
    desk.hear({ type: 'answered', offerId: 'o', won: true });
    const focus = desk.effects.find(({ type }) => type === 'focus');
    assert.deepEqual(focus, { type: 'focus', id: elementId.offers, ifLost: true });
  });

  it('cannot be answered without a connection, and can again after it came back', () => {
    const desk = onlineDesk()
      .hear({ type: 'offers', offers: [offer('o')] })
      .act(accept);
    desk.act({ type: 'connectionLost' }, accept);
    assert.equal(desk.sent().length, 1);
    assert.equal(desk.state().answers.size, 0);
    desk.hear(welcome()).act(accept);
    assert.equal(desk.sent().length, 2);
  });

  it('name a contact without a name', () => {
    const desk = onlineDesk().hear({ type: 'offers', offers: [offer('o', ' \u0000 ')] });
    assert.equal(desk.state().announcement.text, 'Offer: Unknown contact');
  });
});
