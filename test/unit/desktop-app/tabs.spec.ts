import assert from 'node:assert/strict';
import { home } from '../../../src/desktop/app/model/state.ts';
import { elementId } from '../../../src/desktop/app/model/step.ts';
import { tabByKey, tabLimit } from '../../../src/desktop/app/model/tabs.ts';
import { cti, onlineDesk, typing } from './desk.ts';

function deskWithTabs(...ids: readonly string[]) {
  const desk = onlineDesk();
  for (const id of ids) desk.show(cti(id));
  return desk;
}

describe('dashboard tabs', () => {
  it('open in front of an agent who is not working in another one', () => {
    const { tabs, activeTab } = deskWithTabs('a', 'b').state();
    assert.deepEqual(
      tabs.map(({ slot }) => slot),
      ['a', 'b'],
    );
    assert.equal(activeTab, 'b');
  });

  it('open behind the one that the agent types in, marked as unread until it is looked at', () => {
    const desk = deskWithTabs('a').show(cti('b'), typing);
    assert.equal(desk.state().activeTab, 'a');
    assert.deepEqual(
      desk.state().tabs.map(({ unread }) => unread),
      [false, true],
    );
    desk.act({ type: 'tabSelected', slot: 'b' });
    assert.equal(desk.state().activeTab, 'b');
    assert.ok(desk.state().tabs.every(({ unread }) => !unread));
  });

  it('take a replacing page in the tab of its key', () => {
    const page = cti('a2', 'dashboard', { key: 'key of a', repeat: 'replace' });
    const { tabs, activeTab, recent } = deskWithTabs('a', 'b').show(page).state();
    assert.deepEqual(
      tabs.map((tab) => tab.page.id),
      ['a2', 'b'],
    );
    assert.equal(activeTab, 'a');
    assert.deepEqual(
      recent.map((entry) => entry.page.id),
      ['a2', 'b'],
    );
  });

  it('hold a page beyond the limit until one is closed, and close none by themselves', () => {
    const desk = deskWithTabs(...Array.from({ length: tabLimit }, (_, index) => `t${index}`));
    const late = cti('late');
    desk.show(late);
    assert.equal(desk.state().tabs.length, tabLimit);
    assert.deepEqual(desk.state().held, [{ page: late, why: 'full' }]);
    desk.act({ type: 'heldOpened', pageId: 'late' });
    assert.deepEqual(desk.state().held, [{ page: late, why: 'full' }]);
    desk.act({ type: 'tabClosed', slot: 't3' }, { type: 'heldOpened', pageId: 'late' });
    assert.equal(desk.state().activeTab, 'late');
    assert.deepEqual(desk.state().held, []);
  });

  it('hand over to the right neighbour, then to the left one, then to Home', () => {
    const desk = deskWithTabs('a', 'b', 'c').act({ type: 'tabSelected', slot: 'b' });
    const after = (slot: string) => desk.act({ type: 'tabClosed', slot }).state().activeTab;
    assert.equal(after('b'), 'c');
    assert.equal(after('c'), 'a');
    assert.equal(after('a'), home);
    assert.equal(desk.focused().at(-1), elementId.tab(home));
  });

  it('stay where they are when another one is closed', () => {
    const desk = deskWithTabs('a', 'b').act({ type: 'tabClosed', slot: 'a' });
    assert.equal(desk.state().activeTab, 'b');
  });

  it('are found again by a page that shows the same address for the same interaction', () => {
    const same = { subject: 's', url: 'https://crm.example/42' };
    const desk = onlineDesk()
      .show(cti('a', 'dashboard', same))
      .show(cti('b'));
    desk.show(cti('c', 'dashboard', same));
    const [first] = desk.state().tabs;
    assert.deepEqual([first?.slot, first?.page.id, first?.frame], ['a', 'c', 'a']);
    assert.equal(desk.state().activeTab, 'a');
    desk.show(cti('d', 'dashboard', { ...same, subject: 'other' }));
    assert.equal(desk.state().tabs.length, 3);
  });

  it('stand first when they are pinned, and then neither close nor give way', () => {
    const desk = deskWithTabs('a', 'b', 'c').act({ type: 'tabPinned', slot: 'c', pinned: true });
    desk.act({ type: 'tabPinned', slot: 'b', pinned: true });
    const slots = () => desk.state().tabs.map(({ slot }) => slot);
    assert.deepEqual(slots(), ['c', 'b', 'a']);
    desk.act({ type: 'tabClosed', slot: 'c' });
    desk.show(cti('c2', 'dashboard', { key: 'key of c', repeat: 'replace' }));
    assert.deepEqual(slots(), ['c', 'b', 'a', 'c2']);
    desk.act({ type: 'tabPinned', slot: 'c', pinned: false }, { type: 'tabClosed', slot: 'c' });
    assert.deepEqual(slots(), ['b', 'a', 'c2']);
  });

  it('load anew when they are asked to, and only they', () => {
    const desk = deskWithTabs('a', 'b');
    const frames = () => desk.state().tabs.map(({ frame }) => frame);
    const before = frames();
    desk.act({ type: 'tabReloaded', slot: 'a' });
    assert.notEqual(frames()[0], before[0]);
    assert.equal(frames()[1], before[1]);
    assert.equal(new Set([...before, ...frames()]).size, 3);
  });

  it('tell the server when the agent closes them', () => {
    const desk = deskWithTabs('a').act({ type: 'tabClosed', slot: 'a' });
    assert.deepEqual(desk.receipts(), ['shown a', 'dismissed a']);
  });

  it('are walked through with the arrow keys, round the strip', () => {
    const { tabs } = deskWithTabs('a', 'b').state();
    const from = (slot: string, key: string) => tabByKey(tabs, slot, key);
    assert.equal(from(home, 'ArrowRight'), 'a');
    assert.equal(from('b', 'ArrowRight'), home);
    assert.equal(from(home, 'ArrowLeft'), 'b');
    assert.equal(from('b', 'Home'), home);
    assert.equal(from(home, 'End'), 'b');
    assert.equal(from(home, 'x'), undefined);
  });
});
