import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  foldPopups,
  placePopup,
  popupLimit,
  raisePopup,
} from '../../../src/desktop/app/model/popups.ts';
import type { Popup } from '../../../src/desktop/app/model/state.ts';
import { elementId } from '../../../src/desktop/app/model/step.ts';
import { cti, onlineDesk, popup } from './desk.ts';

const ids = (popups: readonly Popup[]) => popups.map(({ page }) => page.id);
const stack = (...names: readonly string[]) =>
  names.reduce<readonly Popup[]>((popups, name) => placePopup(popups, popup(name)), []);
const renewed = (id: string, of: string) => popup(id, { key: `key of ${of}`, repeat: 'replace' });

describe('popups', () => {
  it('put the newest first and fold what is older than three', () => {
    const { visible, folded } = foldPopups(stack('a', 'b', 'c', 'd', 'e'));
    assert.deepEqual(ids(visible), ['e', 'd', 'c']);
    assert.deepEqual(ids(folded), ['b', 'a']);
  });

  it('replace the one of the same key where it stands', () => {
    const popups = placePopup(stack('a', 'b', 'c'), renewed('b2', 'b'));
    assert.deepEqual(ids(popups), ['c', 'b2', 'a']);
    assert.equal(popups[1]?.slot, 'b');
  });

  it('bring a replaced one out of the fold', () => {
    const popups = placePopup(stack('a', 'b', 'c', 'd'), renewed('a2', 'a'));
    assert.deepEqual(ids(popups), ['a2', 'd', 'c', 'b']);
  });

  it('stack pages of the same key that do not replace', () => {
    const again = popup('a2', { key: 'key of a' });
    assert.deepEqual(ids(placePopup(stack('a'), again)), ['a2', 'a']);
  });

  it('never show a page or a slot twice, whatever arrives', () => {
    const names = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
    const repeats = fc.constantFrom('once', 'replace', 'stack');
    const pages = fc.array(
      fc.record({ id: names, key: fc.constantFrom('k', 'l'), repeat: repeats }),
    );
    fc.assert(
      fc.property(pages, (arriving) => {
        const popups = arriving.reduce<readonly Popup[]>(
          (before, { id, ...rules }) => placePopup(before, popup(id, rules)),
          [],
        );
        assert.equal(new Set(ids(popups)).size, popups.length);
        assert.equal(new Set(popups.map(({ slot }) => slot)).size, popups.length);
      }),
    );
  });

  it('come to the front when they are raised', () => {
    assert.deepEqual(ids(raisePopup(stack('a', 'b', 'c', 'd'), 'a')), ['a', 'd', 'c', 'b']);
  });

  it('stay bounded in a flood, the rest found in the list', () => {
    const desk = onlineDesk();
    for (let count = 0; count < 500; count++) desk.show(popup(`p${count}`));
    assert.equal(desk.state().popups.length, popupLimit);
    assert.equal(desk.state().popups[0]?.page.id, 'p499');
    assert.equal(foldPopups(desk.state().popups).visible.length, 3);
    assert.equal(desk.state().popupsGone, 500 - popupLimit);
    assert.ok(desk.state().recent.length > popupLimit);
  });

  it('never take the keyboard when they come', () => {
    assert.deepEqual(onlineDesk().show(popup('a')).focused(), []);
  });

  it('hand the keyboard on to the next one when one is closed', () => {
    const desk = onlineDesk().show(popup('a')).show(popup('b'));
    desk.act({ type: 'popupClosed', slot: 'b' });
    assert.deepEqual(ids(desk.state().popups), ['a']);
    const focus = { type: 'focus', id: elementId.popup('a'), ifLost: true };
    assert.deepEqual(desk.effects.at(-1), focus);
  });

  it('can all be closed at once, and are counted anew then', () => {
    const desk = onlineDesk();
    for (let count = 0; count < 30; count++) desk.show(popup(`p${count}`));
    desk.act({ type: 'popupsCleared' });
    assert.deepEqual(desk.state().popups, []);
    assert.equal(desk.state().popupsGone, 0);
  });

  it('tell the server what became of them', () => {
    const desk = onlineDesk().show(popup('a')).show(popup('b'));
    desk.act({ type: 'popupClosed', slot: 'a' }, { type: 'popupClosed', slot: 'a' });
    desk.act({ type: 'popupRaised', slot: 'b' }, { type: 'popupsCleared' });
    assert.deepEqual(desk.receipts(), [
      'shown a',
      'shown b',
      'dismissed a',
      'opened b',
      'dismissed b',
    ]);
  });

  it('can be opened again from the list after they were closed', () => {
    const page = popup('a');
    const desk = onlineDesk().show(page).act({ type: 'popupClosed', slot: 'a' });
    assert.deepEqual(
      desk.state().recent.map((entry) => entry.page),
      [page],
    );
    desk.act({ type: 'reopened', page });
    assert.deepEqual(ids(desk.state().popups), ['a']);
    assert.deepEqual(desk.focused().at(-1), elementId.popup('a'));
  });

  it('leave the screen when they are withdrawn, with a word to the agent and none to the server', () => {
    const desk = onlineDesk().show(popup('p')).show(popup('other')).show(cti('c'));
    const receipts = desk.receipts();
    desk.hear({ type: 'withdrawn', pageIds: ['p', 'c'] });
    assert.deepEqual(
      desk.state().popups.map(({ slot }) => slot),
      ['other'],
    );
    assert.equal(desk.state().tabs.length, 1);
    assert.deepEqual(
      desk.state().notices.map(({ text }) => text),
      ['“Popup p” is with a colleague now.'],
    );
    assert.deepEqual(desk.receipts(), receipts);
  });
});
