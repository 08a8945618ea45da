import assert from 'node:assert/strict';
import { claimDelay } from '../../../src/desktop/app/model/claims.ts';
import { missedPages } from '../../../src/desktop/app/model/pages.ts';
import { follower, hidden, near, onlineDesk, popup, welcome } from './desk.ts';

const page = popup('p');

describe('the claims of a window', () => {
  it('ask at once where the agent is looking, and show nothing before the answer', () => {
    const desk = onlineDesk().hear({ type: 'page', page });
    assert.deepEqual(desk.sent(), [{ type: 'claim', pageId: 'p' }]);
    assert.deepEqual(desk.state().popups, []);
  });

  it('leave a hidden window behind the one in sight, and that behind the one with the keyboard', () => {
    const inSight = claimDelay({ visible: true, focused: false, working: false });
    assert.equal(claimDelay(near), 0);
    assert.ok(0 < inSight && inSight < claimDelay(hidden));
  });

  it('leave it to the window that leads in this browser, but not for ever', () => {
    assert.ok(claimDelay(follower) > claimDelay(hidden));
    assert.ok(claimDelay(follower) < 2000, 'the flow waits so long for the first agent');
    assert.equal(
      claimDelay({ ...follower, leads: true }),
      claimDelay({ ...follower, leads: undefined }),
    );
    const desk = onlineDesk().hear({ type: 'page', page }, follower);
    assert.deepEqual(desk.sent(), []);
    assert.deepEqual(desk.act({ type: 'claimDue', pageId: 'p' }).claims(), ['p']);
  });

  it('wait in a hidden window, then ask', () => {
    const desk = onlineDesk().hear({ type: 'page', page }, hidden);
    assert.deepEqual(desk.sent(), []);
    const action = { type: 'claimDue', pageId: 'p' } as const;
    assert.deepEqual(desk.effects.at(-1), { type: 'later', after: claimDelay(hidden), action });
    assert.deepEqual(desk.act(action).sent(), [{ type: 'claim', pageId: 'p' }]);
  });

  it('forget a page that was withdrawn before they asked', () => {
    const desk = onlineDesk().hear({ type: 'page', page }, hidden);
    desk.hear({ type: 'withdrawn', pageIds: ['p', 'unknown'] }, hidden);
    assert.deepEqual(desk.act({ type: 'claimDue', pageId: 'p' }).sent(), []);
    assert.deepEqual(desk.hear({ type: 'page', page }).sent(), []);
  });

  it('wait for the answer about a page that was withdrawn after they asked', () => {
    const desk = onlineDesk().hear({ type: 'page', page });
    desk.hear({ type: 'withdrawn', pageIds: ['p'] });
    desk.hear({ type: 'claimed', pageId: 'p', granted: true });
    assert.equal(desk.state().popups.length, 1);
  });

  it('show a granted page exactly once, however often it is announced and granted', () => {
    const desk = onlineDesk().show(page).show(page);
    desk.hear({ type: 'claimed', pageId: 'p', granted: true });
    assert.deepEqual(
      desk.state().popups.map((each) => each.page.id),
      ['p'],
    );
    assert.deepEqual(desk.claims(), ['p']);
    assert.deepEqual(desk.receipts(), ['shown p']);
  });

  it('list, but do not show, a page that another window got', () => {
    const desk = onlineDesk().hear({ type: 'page', page });
    desk.hear({ type: 'claimed', pageId: 'p', granted: false });
    assert.deepEqual(desk.state().popups, []);
    assert.deepEqual(desk.state().recent, [{ page, elsewhere: true }]);
  });

  it('ignore the answer to a claim that was never made', () => {
    const desk = onlineDesk().hear({ type: 'claimed', pageId: 'p', granted: true });
    assert.deepEqual(desk.state().popups, []);
  });

  it('list a page as missed when the answer was lost with the connection', () => {
    const desk = onlineDesk().hear({ type: 'page', page }).act({ type: 'connectionLost' });
    assert.deepEqual(missedPages(desk.state()), [page]);
  });

  it('list such a page once, however often the connection is lost', () => {
    const desk = onlineDesk().hear({ type: 'page', page }).act({ type: 'connectionLost' });
    desk.hear(welcome()).hear({ type: 'page', page }).act({ type: 'connectionLost' });
    assert.deepEqual(missedPages(desk.state()), [page]);
  });

  it('list it no longer when it was withdrawn, also while nobody was connected', () => {
    const lost = () =>
      onlineDesk().hear({ type: 'page', page }).act({ type: 'connectionLost' }).hear(welcome());
    const desk = lost().hear({ type: 'withdrawn', pageIds: ['p'] });
    assert.deepEqual(missedPages(desk.state()), []);
    const listed = lost().hear({ type: 'missed', pages: [] });
    assert.deepEqual(missedPages(listed.state()), [page]);
    listed.hear({ type: 'recent', pages: [] });
    assert.deepEqual(missedPages(listed.state()), []);
  });

  it('list it still when the lists of the server do not go back so far', () => {
    const desk = onlineDesk().hear({ type: 'page', page }).act({ type: 'connectionLost' });
    desk.hear(welcome()).hear({ type: 'missed', pages: [] });
    desk.hear({ type: 'recent', pages: [{ ...popup('later'), createdAt: 1 }] });
    assert.deepEqual(missedPages(desk.state()), [page]);
  });

  it('start anew after a lost connection, and list the page no longer once it is granted', () => {
    const desk = onlineDesk().hear({ type: 'page', page }).act({ type: 'connectionLost' });
    desk.hear(welcome()).show(page);
    assert.deepEqual(desk.claims(), ['p', 'p']);
    assert.equal(desk.state().popups.length, 1);
    assert.deepEqual(missedPages(desk.state()), []);
  });

  for (const type of ['missed', 'recent'] as const) {
    it(`ask again for a page that the server lists as ${type} when the answer was lost`, () => {
      const desk = onlineDesk().hear({ type: 'page', page }).act({ type: 'connectionLost' });
      desk.hear(welcome()).hear({ type, pages: [page, popup('other')] });
      desk.act({ type: 'claimDue', pageId: 'p' });
      assert.deepEqual(desk.claims(), ['p', 'p']);
      assert.deepEqual(desk.state().popups, []);
      desk.hear({ type: 'claimed', pageId: 'p', granted: true });
      assert.equal(desk.state().popups.length, 1);
      assert.deepEqual(desk.state().doubtful, []);
    });
  }

  it('go on with a page that waits still, though no list has it', () => {
    const desk = onlineDesk().hear({ type: 'page', page }, hidden).act({ type: 'connectionLost' });
    desk.hear(welcome()).hear({ type: 'page', page }, hidden);
    desk.hear({ type: 'missed', pages: [] }).hear({ type: 'recent', pages: [] });
    assert.deepEqual(desk.act({ type: 'claimDue', pageId: 'p' }).claims(), ['p']);
  });

  it('are made again one after the other: the server takes them for words like any other', () => {
    const pages = ['p', 'q', 'r'].map((id) => popup(id));
    const desk = onlineDesk();
    for (const each of pages) desk.hear({ type: 'page', page: each });
    desk.act({ type: 'connectionLost' }).hear(welcome());
    const from = desk.effects.length;
    desk.hear({ type: 'missed', pages });
    const later = desk.effects.slice(from).filter((effect) => effect.type === 'later');
    assert.deepEqual(
      later.map(({ after }) => after),
      [0, 70, 140],
    );
  });

  it('leave a page on the list of missed ones when it is not granted again', () => {
    const desk = onlineDesk().hear({ type: 'page', page }).act({ type: 'connectionLost' });
    desk.hear(welcome()).hear({ type: 'missed', pages: [page] });
    desk.hear({ type: 'claimed', pageId: 'p', granted: false });
    assert.deepEqual(missedPages(desk.state()), [page]);
    assert.deepEqual(desk.state().recent, []);
  });

  it('do not go out while the connection is lost', () => {
    const desk = onlineDesk().hear({ type: 'page', page }, hidden).act({ type: 'connectionLost' });
    assert.deepEqual(desk.act({ type: 'claimDue', pageId: 'p' }).sent(), []);
  });
});
