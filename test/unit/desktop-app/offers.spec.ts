import assert from 'node:assert/strict';
import { elementId } from '../../../src/desktop/app/model/step.ts';
import { offer, onlineDesk } from './desk.ts';

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
    const outcome = (won: boolean) =>
      onlineDesk()
        .hear({ type: 'offers', offers: [offer('o', 'Maria')] })
        .act(accept)
        .hear({ type: 'answered', offerId: 'o', won })
        .state();
    assert.deepEqual(outcome(true).offers, []);
    assert.match(outcome(true).notices[0]?.text ?? '', /You took .*Maria/);
    assert.match(outcome(false).notices[0]?.text ?? '', /Maria is no longer on offer/);
  });

  it('tell who won also when the list changed before the answer came', () => {
    const desk = onlineDesk()
      .hear({ type: 'offers', offers: [offer('o', 'Maria')] })
      .act(accept);
    desk.hear({ type: 'offers', offers: [] }).hear({ type: 'answered', offerId: 'o', won: true });
    assert.match(desk.state().notices[0]?.text ?? '', /Maria/);
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
    const agent = { username: 'ada', name: 'Ada' };
    desk.hear({ type: 'welcome', agent, desktop: 'Service', now: 0 }).act(accept);
    assert.equal(desk.sent().length, 2);
  });

  it('name a contact without a name', () => {
    const desk = onlineDesk().hear({ type: 'offers', offers: [offer('o', ' \u0000 ')] });
    assert.equal(desk.state().announcement.text, 'Offer: Unknown contact');
  });
});
