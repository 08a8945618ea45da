import { addressHost, frameSandbox } from '../model/address.ts';
import { home, type DesktopState, type Tab } from '../model/state.ts';
import { elementId } from '../model/step.ts';
import { pageTitle } from '../model/text.ts';
import { OutIcon } from './icons.tsx';

/** The panels of the tabs. All stay in the document: a page keeps what was typed into it. */
export function Dashboard({ state }: { readonly state: DesktopState }) {
  const { tabs, activeTab, popups } = state;
  return (
    <>
      <div
        class="panel home"
        role="tabpanel"
        id={elementId.panel(home)}
        aria-labelledby={elementId.tab(home)}
        hidden={activeTab !== home}
      >
        {popups.length === 0 && <Welcome />}
      </div>
      {tabs.map((tab) => (
        <DashboardPanel key={tab.slot} tab={tab} active={tab.slot === activeTab} />
      ))}
    </>
  );
}

function Welcome() {
  return (
    <div class="welcome">
      <h2>Nothing to show right now</h2>
      <p>
        Popups and customer pages open here by themselves. You can leave this page in the
        background: its title counts what waits for you.
      </p>
    </div>
  );
}

function DashboardPanel({ tab, active }: { readonly tab: Tab; readonly active: boolean }) {
  const { url } = tab.page.content;
  return (
    <div
      class="panel dashboard"
      role="tabpanel"
      id={elementId.panel(tab.slot)}
      aria-labelledby={elementId.tab(tab.slot)}
      hidden={!active}
    >
      <div class="address">
        <span>{addressHost(url)}</span>
        <a href={url} target="_blank" rel="noopener noreferrer">
          Open in a browser tab <OutIcon />
        </a>
      </div>
      <iframe
        key={tab.page.id}
        title={pageTitle(tab.page)}
        sandbox={frameSandbox(url, location.origin)}
        referrerpolicy="no-referrer"
        allow=""
        src={url}
      />
    </div>
  );
}
