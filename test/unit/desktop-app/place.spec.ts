import assert from 'node:assert/strict';
import { placeOf, type Place } from '../../../src/desktop/app/model/place.ts';
import type { DesktopState } from '../../../src/desktop/app/model/state.ts';
import type { SessionView } from '../../../src/desktop/protocol.ts';
import { agent, cti, desk, popup, welcome } from './desk.ts';
import { deskInTalk, interaction, message } from './talk.ts';

/** As it comes back from the browser's storage. */
const kept = (state: DesktopState): Place => JSON.parse(JSON.stringify(placeOf(state)));

describe('a page that is loaded again', () => {
  const working = () =>
    deskInTalk(message(1))
      .show(cti('c'))
      .show(popup('p'))
      .act({ type: 'tabPinned', slot: 'c', pinned: true })
      .act({ type: 'typed', interactionId: 'i', text: 'Dear ' });
  const again = (place: Place, who: SessionView = agent) =>
    desk()
      .act({ type: 'loggedIn', agent: who }, { type: 'restored', place })
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

  it('keeps no place while nobody is logged in', () => {
    assert.equal(placeOf(desk().act({ type: 'loggedOut' }).state()), undefined);
  });
});
