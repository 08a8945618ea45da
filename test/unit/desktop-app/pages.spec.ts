import assert from 'node:assert/strict';
import type { PageView } from '../../../src/desktop/protocol.ts';
import { missedPages } from '../../../src/desktop/app/model/pages.ts';
import { cti, near, onlineDesk, popup, typing } from './desk.ts';
import { heldLimit } from '../../../src/desktop/app/model/windows.ts';

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

  it('tell the server whether the browser opened or blocked them, and what the agent did', () => {
    const [good, bad, unwanted] = [cti('g', 'tab'), cti('b', 'window'), cti('u', 'tab')];
    const desk = onlineDesk().show(good).act({ type: 'windowOpened', page: good });
    desk.show(bad).act({ type: 'windowBlocked', page: bad });
    desk.show(unwanted).act({ type: 'windowBlocked', page: unwanted });
    desk.act({ type: 'heldOpened', pageId: 'b' }, { type: 'windowOpened', page: bad });
    desk.act({ type: 'heldDismissed', pageId: 'u' });
    assert.deepEqual(desk.receipts(), [
      'shown g',
      'opened g',
      'shown b',
      'blocked b',
      'shown u',
      'blocked u',
      'opened b',
      'dismissed u',
    ]);
  });

  it('wait while the agent types, and open when that is over', () => {
    const [one, other] = [cti('w', 'window'), cti('t', 'tab')];
    const desk = onlineDesk().show(one, typing).show(other, typing);
    assert.deepEqual(opened(desk), []);
    assert.deepEqual(desk.state().held, [
      { page: one, why: 'typing' },
      { page: other, why: 'typing' },
    ]);
    desk.act({ type: 'typingEnded', at: 0 });
    assert.deepEqual(opened(desk), ['w', 't']);
    assert.deepEqual(desk.state().held, []);
  });

  it('open at a click also while the agent types', () => {
    const desk = onlineDesk().show(cti('w', 'window'), typing);
    assert.deepEqual(opened(desk.act({ type: 'heldOpened', pageId: 'w' })), ['w']);
  });

  it('come no faster than five in ten seconds; the others are buttons', () => {
    const desk = onlineDesk();
    for (let n = 0; n < 500; n++) showAt(desk, cti(`w${n}`, 'tab'), n * 20);
    assert.equal(opened(desk).length, 5);
    assert.equal(desk.state().held.length, heldLimit);
    assert.ok(desk.state().held.every(({ why }) => why === 'flood'));
    showAt(desk, cti('later', 'tab'), 20_000);
    assert.deepEqual(opened(desk).slice(5), ['later']);
  });

  it('count as a flood also when they waited for the agent to stop typing', () => {
    const desk = onlineDesk();
    for (let n = 0; n < 9; n++) desk.show(cti(`w${n}`, 'tab'), typing);
    desk.act({ type: 'typingEnded', at: 1000 });
    assert.equal(opened(desk).length, 5);
    assert.deepEqual(
      desk.state().held.map(({ why }) => why),
      ['flood', 'flood', 'flood', 'flood'],
    );
  });

  for (const unframed of ['refused', 'unlisted'] as const) {
    it(`take the place of a dashboard tab whose site is ${unframed}`, () => {
      const page = cti('d', 'dashboard', { unframed });
      const desk = onlineDesk().show(page);
      assert.deepEqual(desk.state().tabs, []);
      assert.deepEqual(opened(desk), ['d']);
    });
  }

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

type Desk = ReturnType<typeof onlineDesk>;

const opened = (desk: Desk): readonly string[] =>
  desk.effects.flatMap((effect) => (effect.type === 'openWindow' ? [effect.page.id] : []));

function showAt(desk: Desk, page: PageView, at: number): void {
  desk.hear({ type: 'page', page }, near, at);
  desk.hear({ type: 'claimed', pageId: page.id, granted: true }, near, at);
}

describe('the lists of pages', () => {
  it('name a page once in "Recent", the latest first', () => {
    const a = popup('a');
    const desk = onlineDesk().show(a).show(popup('b')).act({ type: 'reopened', page: a });
    assert.deepEqual(
      desk.state().recent.map(({ page }) => page.id),
      ['a', 'b'],
    );
  });

  it('name what was shown before the page was loaded, behind what came since', () => {
    const desk = onlineDesk().show(popup('new'));
    desk.hear({ type: 'recent', pages: [popup('new'), popup('old')] });
    assert.deepEqual(
      desk.state().recent.map(({ page }) => page.id),
      ['new', 'old'],
    );
    assert.deepEqual(
      desk.state().popups.map(({ page }) => page.id),
      ['new'],
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
