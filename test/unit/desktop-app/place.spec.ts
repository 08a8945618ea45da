import assert from 'node:assert/strict';
import { placeOf } from '../../../src/desktop/app/model/place.ts';
import type { DesktopState, Place } from '../../../src/desktop/app/model/state.ts';
import type { SessionView } from '../../../src/desktop/protocol.ts';
import { agent, cti, desk, popup, welcome } from './desk.ts';
import { deskInTalk, interaction, message } from './talk.ts';

/** As it comes back from the browser's storage. */
const kept = (state: DesktopState): Place => JSON.parse(JSON.stringify(placeOf(state)));

const working = () =>
  deskInTalk(message(1))
    .show(cti('c'))
    .show(popup('p'))
    .act({ type: 'tabPinned', slot: 'c', pinned: true })
    .act({ type: 'typed', interactionId: 'i', text: 'Dear ' });

describe('a page that is loaded again', () => {
  const again = (place: Place, who: SessionView = agent) =>
    desk()
      .act({ type: 'restored', place }, { type: 'loggedIn', agent: who })
      .hear(welcome({ agent: who }))
      .hear({ type: 'interactions', interactions: [interaction('i')] });

  it('has the conversation, the draft and the tabs that the agent had', () => {
    const page = again(kept(working().state()));
    const { chosen, drafts, tabs, activeTab, view } = page.state();
    assert.deepEqual([chosen, drafts.get('i'), activeTab, view], ['i', 'Dear ', 'c', 'pages']);
    assert.deepEqual(
      tabs.map(({ slot, pinned, restored }) => [slot, pinned, restored]),
      [['c', true, true]],
    );
    assert.deepEqual(page.sent(), [{ type: 'open', interactionId: 'i' }]);
  });

  it('shows no popup a second time, and says of no page that it was shown again', () => {
    const page = again(kept(working().state())).hear({
      type: 'recent',
      pages: [popup('p'), cti('c')],
    });
    assert.deepEqual([page.state().popups, page.state().tabs.length], [[], 1]);
    assert.deepEqual([page.claims(), page.receipts()], [[], []]);
  });

  it('uses a tab that came back again for a page that replaces its page', () => {
    const page = again(
      kept(
        deskInTalk()
          .show(cti('c', 'dashboard', { key: 'k' }))
          .state(),
      ),
    );
    page.show(cti('d', 'dashboard', { key: 'k', repeat: 'replace' }));
    assert.deepEqual(
      page.state().tabs.map(({ slot, page: { id }, restored }) => [slot, id, restored]),
      [['c', 'd', undefined]],
    );
  });

  it('sends again what may not have gone out, under its own id', () => {
    const sent = { type: 'sent', interactionId: 'i', draftId: 'd', at: 0 } as const;
    const page = again(kept(working().act(sent).state()));
    assert.deepEqual(page.sent().at(-1), {
      type: 'reply',
      interactionId: 'i',
      draftId: 'd',
      text: 'Dear',
    });
  });

  it('keeps nothing for another agent', () => {
    const place = kept(working().state());
    const other = again(place, { ...agent, username: 'bob' }).state();
    assert.deepEqual([other.tabs, other.drafts.size, other.chosen], [[], 0, undefined]);
  });

  it('keeps no place of nobody', () => {
    assert.equal(placeOf(desk().act({ type: 'loggedOut' }).state()), undefined);
  });

  it('has it also when its session ended meanwhile, and it was loaded more than once before the login', () => {
    const loaded = (place: Place) => desk().act({ type: 'restored', place }, { type: 'loggedOut' });
    const page = loaded(kept(loaded(kept(working().state())).state()));
    assert.equal(page.state().drafts.size, 0);
    assert.equal(page.act({ type: 'loggedIn', agent }).state().drafts.get('i'), 'Dear ');
  });
});

describe('an agent whose session has ended', () => {
  const ended = () =>
    working().act({ type: 'connectionLost' }, { type: 'loggedOut', reason: 'ended' });
  const bob: SessionView = { ...agent, username: 'bob' };
  const begun = ({ drafts, tabs, chosen }: DesktopState) => [drafts.size, tabs.length, chosen];

  it('goes on with what they had begun after the next login', () => {
    const { drafts, tabs, activeTab, chosen } = ended()
      .act({ type: 'loggedIn', agent })
      .hear(welcome())
      .hear({ type: 'interactions', interactions: [interaction('i')] })
      .state();
    assert.deepEqual([drafts.get('i'), activeTab, chosen], ['Dear ', 'c', 'i']);
    assert.deepEqual(
      tabs.map(({ slot, pinned }) => [slot, pinned]),
      [['c', true]],
    );
  });

  it('has it sent again, under its own id, when it may not have gone out', () => {
    const page = working()
      .act({ type: 'sent', interactionId: 'i', draftId: 'd', at: 0 })
      .act({ type: 'connectionLost' }, { type: 'loggedOut', reason: 'ended' });
    const before = page.sent().length;
    page.act({ type: 'loggedIn', agent }).hear(welcome());
    const word = { type: 'reply', interactionId: 'i', draftId: 'd', text: 'Dear' } as const;
    assert.deepEqual(page.sent().slice(before).at(-1), word);
  });

  it('leaves none of it to the next agent, nor has it again after them', () => {
    const page = ended().act({ type: 'loggedIn', agent: bob });
    assert.deepEqual(begun(page.state()), [0, 0, undefined]);
    page.act({ type: 'loggedOut', reason: 'ended' }, { type: 'loggedIn', agent });
    assert.deepEqual(begun(page.state()), [0, 0, undefined]);
  });

  it('has none of it after they have logged out', () => {
    const page = working().act({ type: 'loggedOut', reason: 'left' });
    assert.equal(placeOf(page.state()), undefined);
    assert.deepEqual(begun(page.act({ type: 'loggedIn', agent }).state()), [0, 0, undefined]);
  });

  it('has none of it either after somebody else was sent here, and refused', () => {
    const refused = { type: 'loggedOut', reason: 'refused' } as const;
    const displaced = working().act({ ...refused, another: true });
    assert.equal(placeOf(displaced.state()), undefined);
    const late = working().act({ ...refused, another: false }, { type: 'loggedIn', agent });
    assert.equal(late.state().drafts.get('i'), 'Dear ');
  });

  it('finds the page as it is when they are sent in anew without having left', () => {
    const page = ended().act({ type: 'loggedIn', agent }).hear(welcome());
    page.act({ type: 'typed', interactionId: 'i', text: 'Dear Maria' });
    page.act({ type: 'loggedIn', agent });
    assert.equal(page.state().drafts.get('i'), 'Dear Maria');
  });
});
