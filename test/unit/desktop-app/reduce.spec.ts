import assert from 'node:assert/strict';
import fc from 'fast-check';
import { reduce } from '../../../src/desktop/app/model/reduce.ts';
import { initialState } from '../../../src/desktop/app/model/state.ts';
import type { Action } from '../../../src/desktop/app/model/step.ts';
import type { ServerWord } from '../../../src/desktop/protocol.ts';
import {
  agent,
  cti,
  desk,
  heard,
  hidden,
  near,
  offer,
  onlineDesk,
  popup,
  welcome,
} from './desk.ts';

describe('the session', () => {
  it('leaves nothing of an agent behind when they log out', () => {
    const page = onlineDesk().show(popup('p')).show(cti('c'));
    page.hear({ type: 'offers', offers: [offer('o')] }).act({ type: 'loggedOut', reason: 'left' });
    assert.deepEqual(page.state(), { ...initialState, session: { kind: 'out', reason: 'left' } });
  });

  it('leaves nothing on the screen when it ends', () => {
    const page = onlineDesk().show(popup('p')).show(cti('c'));
    page.hear({ type: 'offers', offers: [offer('o')] }).act({ type: 'loggedOut', reason: 'ended' });
    const { kept: _, ...state } = page.state();
    const { kept: __, ...empty } = initialState;
    assert.deepEqual(state, { ...empty, session: { kind: 'out', reason: 'ended' } });
  });

  for (const [name, comesIn] of [
    ['by a token', { type: 'loggedIn', agent: { ...agent, username: 'bob' } }],
    ['in another tab', heard(welcome({ agent: { ...agent, username: 'bob' } }))],
  ] as const) {
    it(`leaves nothing of an agent to another one who comes in ${name}`, () => {
      const page = onlineDesk().show(popup('p')).show(cti('c'));
      page.hear({ type: 'offers', offers: [offer('o')] }).act(comesIn);
      const { popups, tabs, offers, recent } = page.state();
      assert.deepEqual([popups, tabs, offers, recent], [[], [], [], []]);
    });
  }

  it('says that it is open too often until it is let in, and asks to be when the agent wants it', () => {
    const page = onlineDesk().act({ type: 'connectionLost' });
    assert.equal(page.state().connection, 'lost');
    page.act({ type: 'connectionLost', crowded: true });
    assert.equal(page.state().connection, 'crowded');
    page.act({ type: 'connectionWanted' });
    assert.deepEqual(page.effects.at(-1), { type: 'connect' });
    assert.equal(page.hear(welcome()).state().connection, 'online');
  });

  it('counts by the clock of the server', () => {
    assert.equal(
      desk()
        .hear(welcome({ now: 61_000 }), near, 1000)
        .state().clockOffset,
      60_000,
    );
  });

  it('takes a notice away when its time is over', () => {
    const page = onlineDesk().act({ type: 'logoutFailed' });
    assert.equal(page.state().notices.length, 1);
    const later = page.effects.find((effect) => effect.type === 'later');
    assert.ok(later);
    assert.deepEqual(page.act(later.action).state().notices, []);
  });

  it('stands a word that it does not know', () => {
    const { state } = onlineDesk().hear({ type: 'tomorrow' } as unknown as ServerWord);
    assert.equal(state().connection, 'online');
  });
});

describe('the page as a whole', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'd');
  const rules = fc.record({
    key: fc.constantFrom('k', 'l'),
    repeat: fc.constantFrom('once', 'replace', 'stack'),
  });
  const page = fc.oneof(
    fc.tuple(id, rules).map(([name, rule]) => popup(name, rule)),
    fc
      .tuple(id, fc.constantFrom('tab', 'dashboard'), rules)
      .map(([name, location, rule]) => cti(`c${name}`, location, rule)),
  );
  const action = fc.oneof(
    fc
      .tuple(page, fc.constantFrom(near, hidden))
      .map(([each, attention]) => heard({ type: 'page', page: each }, attention)),
    fc
      .tuple(page, fc.boolean())
      .map(([each, granted]) => heard({ type: 'claimed', pageId: each.id, granted })),
    page.map((each): Action => ({ type: 'claimDue', pageId: each.id })),
    page.map((each): Action => ({ type: 'popupClosed', slot: each.id })),
    page.map((each): Action => ({ type: 'tabClosed', slot: each.id })),
    page.map((each): Action => ({ type: 'tabSelected', slot: each.id })),
    fc.constant<Action>({ type: 'connectionLost' }),
    fc.constant(heard(welcome())),
  );

  it('shows only what was granted, and has a panel for the selected tab, whatever happens', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        const granted = new Set<string>();
        let state = onlineDesk().state();
        for (const each of actions) {
          if (each.type === 'word' && each.word.type === 'claimed' && each.word.granted)
            granted.add(each.word.pageId);
          state = reduce(state, each).state;
          const shown = [...state.popups, ...state.tabs].map((item) => item.page.id);
          assert.ok(shown.every((name) => granted.has(name)));
          assert.equal(new Set(shown).size, shown.length);
          const panels = ['home', ...state.tabs.map(({ slot }) => slot)];
          assert.ok(panels.includes(state.activeTab));
        }
      }),
    );
  });
});
