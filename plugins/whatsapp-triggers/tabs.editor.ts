import { make } from '../../nodes/shared/make.editor.ts';

export interface Tab {
  readonly id: string;
  readonly label: string;
  readonly panel: HTMLElement;
  readonly shown: () => void;
}

export interface Tabs {
  readonly element: HTMLElement;
  readonly show: (id: string) => void;
  /** What is in front is shown anew. */
  readonly refresh: () => void;
}

/** Tabs as assistive technology knows them: arrows go from one to the next, Tab into the panel. */
export function makeTabs(label: string, tabs: readonly Tab[]): Tabs {
  const bar = make('div', { class: 'wat-tabs', role: 'tablist', 'aria-label': label });
  const element = make('div', { class: 'wat-page' }, bar);
  let [front] = tabs;

  const buttons = tabs.map((tab) => {
    const button = make('button', {
      type: 'button',
      role: 'tab',
      id: `wat-tab-${tab.id}`,
      'aria-controls': `wat-panel-${tab.id}`,
    });
    button.textContent = tab.label;
    button.addEventListener('click', () => show(tab));
    tab.panel.id = `wat-panel-${tab.id}`;
    tab.panel.setAttribute('role', 'tabpanel');
    tab.panel.setAttribute('aria-labelledby', button.id);
    bar.append(button);
    element.append(tab.panel);
    return button;
  });

  function show(tab: Tab): void {
    front = tab;
    mark();
    tab.shown();
  }

  function mark(): void {
    for (const [index, { panel, id }] of tabs.entries()) {
      const isFront = id === front?.id;
      panel.hidden = !isFront;
      buttons[index]?.setAttribute('aria-selected', String(isFront));
      buttons[index]?.setAttribute('tabindex', isFront ? '0' : '-1');
    }
  }

  bar.addEventListener('keydown', ({ key }) => {
    const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
    const index = tabs.findIndex(({ id }) => id === front?.id) + step;
    const tab = tabs[(index + tabs.length) % tabs.length];
    if (step === 0 || !tab) return;
    show(tab);
    buttons[tabs.indexOf(tab)]?.focus();
  });

  mark();
  return {
    element,
    show: (id) => {
      const tab = tabs.find((one) => one.id === id);
      if (tab) show(tab);
    },
    refresh: () => front?.shown(),
  };
}
