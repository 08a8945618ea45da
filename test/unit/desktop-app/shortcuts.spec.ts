import assert from 'node:assert/strict';
import { actionOf, shortcutList, shortcutOf } from '../../../src/desktop/app/model/shortcuts.ts';
import { elementId } from '../../../src/desktop/app/model/step.ts';
import { english } from '../../../src/desktop/app/words/en.ts';
import { cti, offer, onlineDesk, popup, typing } from './desk.ts';
import { deskInTalk } from './talk.ts';

const plain = { code: '', altKey: false, ctrlKey: false, metaKey: false, writing: false };

describe('the shortcuts', () => {
  it('need Alt, so that they write nothing and screen readers keep their letters', () => {
    assert.equal(shortcutOf({ ...plain, key: 'a', altKey: true }), 'accept');
    assert.equal(shortcutOf({ ...plain, key: 'ArrowDown', altKey: true }), 'next');
    assert.equal(shortcutOf({ ...plain, key: 'a' }), undefined);
  });

  it('go by the place of a key where Alt turns its letter into a sign', () => {
    assert.equal(shortcutOf({ ...plain, key: 'å', code: 'KeyA', altKey: true }), 'accept');
  });

  it('leave Alt Gr, which is Ctrl+Alt, and every other chord alone', () => {
    assert.equal(shortcutOf({ ...plain, key: 'a', altKey: true, ctrlKey: true }), undefined);
    assert.equal(shortcutOf({ ...plain, key: 'toString', altKey: true }), undefined);
  });

  it('list themselves at "?", but not to those who write one', () => {
    assert.equal(shortcutOf({ ...plain, key: '?' }), 'help');
    assert.equal(shortcutOf({ ...plain, key: '?', writing: true }), undefined);
  });

  it('are all in the list', () => {
    const { title: _, ...names } = english.keys;
    assert.deepEqual(
      shortcutList.map(({ name }) => name).toSorted(),
      Object.keys(names).toSorted(),
    );
  });

  it('do nothing where there is nothing to be done', () => {
    const state = onlineDesk().state();
    for (const name of ['accept', 'reject', 'reply', 'close', 'popup'] as const)
      assert.equal(actionOf(state, name), undefined, name);
  });

  it('answer an offer, close what is open, and turn the status round', () => {
    const desk = deskInTalk().show(popup('p'));
    const state = desk.hear({ type: 'offers', offers: [offer('o')] }).state();
    assert.deepEqual(actionOf(state, 'reject'), { type: 'firstAnswered', choice: 'reject' });
    assert.deepEqual(actionOf(state, 'close'), { type: 'panelShown', panel: 'close' });
    assert.deepEqual(actionOf(state, 'popup'), { type: 'popupClosed', slot: 'p' });
    assert.deepEqual(actionOf(state, 'pause'), { type: 'statusWanted', status: 'paused' });
  });
});

describe('what opens over the page', () => {
  it('gives the keyboard back to what opened it', () => {
    const desk = deskInTalk().act({ type: 'panelShown', panel: 'close' });
    desk.act({ type: 'panelShown', panel: undefined });
    assert.deepEqual(desk.effects.at(-1), {
      type: 'focus',
      id: elementId.opener('close'),
      ifLost: true,
    });
  });

  it('is closed by whatever leads elsewhere', () => {
    const desk = deskInTalk().act({ type: 'panelShown', panel: 'transfer' });
    assert.equal(desk.act({ type: 'viewed', view: 'pages' }).state().panel, undefined);
  });
});

describe('a narrow screen', () => {
  it('follows a tab that comes to the front, but not away from the board', () => {
    assert.equal(onlineDesk().show(cti('c')).state().view, 'pages');
    const board = onlineDesk().act({ type: 'viewed', view: 'board' });
    assert.equal(board.show(cti('c')).state().view, 'board');
  });

  it('stays where the agent types', () => {
    assert.equal(onlineDesk().show(cti('c'), typing).state().view, 'inbox');
  });
});
