import { make } from '../../nodes/shared/make.editor.ts';
import { makeLog } from './log-view.editor.ts';
import { makeSimulator } from './simulator-view.editor.ts';
import { useSidebarLook } from './look.editor.ts';
import { makeTabs } from './tabs.editor.ts';
import { say } from './words.editor.ts';

export interface Sidebar {
  readonly element: HTMLElement;
  /** To be called when the tab comes to the front. */
  readonly shown: () => void;
}

/** The tab of the editor's sidebar: what happened, and a phone to make it happen. */
export function makeSidebar(): Sidebar {
  useSidebarLook();
  const log = makeLog(() => tabs.show('simulator'));
  const simulator = makeSimulator((id) => {
    tabs.show('log');
    log.open(id);
  });
  const tabs = makeTabs(say('sidebar.name'), [
    { id: 'log', label: say('sidebar.log'), panel: log.element, shown: log.refresh },
    {
      id: 'simulator',
      label: say('sidebar.simulator'),
      panel: simulator.element,
      shown: simulator.shown,
    },
  ]);
  const element = make(
    'section',
    { class: 'wat', 'aria-label': say('sidebar.name') },
    tabs.element,
  );
  return { element, shown: tabs.refresh };
}
