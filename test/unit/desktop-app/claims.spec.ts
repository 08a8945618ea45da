import assert from 'node:assert/strict';
import { claimDelay } from '../../../src/desktop/app/model/claims.ts';
import { missedPages } from '../../../src/desktop/app/model/pages.ts';
import { hidden, near, onlineDesk, popup } from './desk.ts';

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
    assert.equal(desk.sent().length, 1);
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

  it('start anew after a lost connection, and list the page no longer once it is granted', () => {
    const desk = onlineDesk().hear({ type: 'page', page }).act({ type: 'connectionLost' });
    const agent = { username: 'ada', name: 'Ada' };
    desk.hear({ type: 'welcome', agent, desktop: 'Service', now: 0 }).show(page);
    assert.equal(desk.sent().length, 2);
    assert.equal(desk.state().popups.length, 1);
    assert.deepEqual(missedPages(desk.state()), []);
  });

  it('do not go out while the connection is lost', () => {
    const desk = onlineDesk().hear({ type: 'page', page }, hidden).act({ type: 'connectionLost' });
    assert.deepEqual(desk.act({ type: 'claimDue', pageId: 'p' }).sent(), []);
  });
});
