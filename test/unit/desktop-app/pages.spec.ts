import assert from 'node:assert/strict';
import { missedPages } from '../../../src/desktop/app/model/pages.ts';
import { cti, onlineDesk, popup } from './desk.ts';

describe('CTI pages outside the dashboard', () => {
  it('are opened by the browser, once', () => {
    const page = cti('w', 'window');
    const opened = onlineDesk()
      .show(page)
      .show(page)
      .effects.filter(({ type }) => type === 'openWindow');
    assert.deepEqual(opened, [{ type: 'openWindow', page }]);
  });

  it('become a button where the browser blocked them, which opens them', () => {
    const page = cti('w', 'tab');
    const desk = onlineDesk().show(page).act({ type: 'windowBlocked', page });
    assert.deepEqual(desk.state().held, [{ page, why: 'blocked' }]);
    desk.act({ type: 'heldOpened', pageId: 'w' });
    assert.deepEqual(desk.state().held, []);
    assert.deepEqual(desk.effects.at(-1), { type: 'openWindow', page });
  });

  it('can be dismissed and found again in the list', () => {
    const page = cti('w', 'tab');
    const desk = onlineDesk().show(page).act({ type: 'windowBlocked', page });
    desk.act({ type: 'heldDismissed', pageId: 'w' });
    assert.deepEqual(desk.state().held, []);
    assert.equal(desk.state().recent[0]?.page, page);
  });

  for (const url of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'crm', '']) {
    for (const location of ['tab', 'window', 'dashboard'] as const) {
      it(`are refused with a notice, in a ${location}, for the address "${url}"`, () => {
        const desk = onlineDesk().show(cti('x', location, { url }));
        assert.deepEqual(desk.state().tabs, []);
        assert.ok(desk.effects.every(({ type }) => type !== 'openWindow'));
        assert.match(desk.state().notices[0]?.text ?? '', /Order x.*no web address/);
      });
    }
  }
});

describe('the lists of pages', () => {
  it('name a page once in "Recent", the latest first', () => {
    const a = popup('a');
    const desk = onlineDesk().show(a).show(popup('b')).act({ type: 'reopened', page: a });
    assert.deepEqual(
      desk.state().recent.map(({ page }) => page.id),
      ['a', 'b'],
    );
  });

  it('drop a missed page that the agent opened, also when the server lists it again', () => {
    const missed = popup('m');
    const desk = onlineDesk().hear({ type: 'missed', pages: [missed] });
    desk.act({ type: 'reopened', page: missed }).hear({ type: 'missed', pages: [missed] });
    assert.deepEqual(missedPages(desk.state()), []);
    assert.equal(desk.state().popups.length, 1);
  });

  it('call a page missed rather than shown elsewhere when the server says so', () => {
    const page = popup('m');
    const desk = onlineDesk().hear({ type: 'page', page });
    desk.hear({ type: 'claimed', pageId: 'm', granted: false });
    desk.hear({ type: 'missed', pages: [page] });
    assert.deepEqual(missedPages(desk.state()), [page]);
    assert.deepEqual(desk.state().recent, []);
  });
});
