import type { ComponentChildren } from 'preact';
import type { AgentStatus, SessionView } from '../../protocol.ts';
import { sinceText } from '../model/calendar.ts';
import type { DesktopState } from '../model/state.ts';
import { nameOr } from '../model/text.ts';
import type { Dispatch } from '../store.ts';
import { Icon, Mark } from './icons.tsx';
import { Settings } from './settings.tsx';
import { useLocale, useWords } from './use-words.ts';

interface Props {
  readonly state: DesktopState;
  readonly agent: SessionView;
  readonly dispatch: Dispatch;
  readonly onLogout: () => void;
  readonly children: ComponentChildren;
}

export function TopBar({ state, agent, dispatch, onLogout, children }: Props) {
  const words = useWords();
  return (
    <header class="top">
      <Mark />
      <h1>{nameOr(state.desktop, words.desktop)}</h1>
      {children}
      <Status state={state} dispatch={dispatch} />
      <span class="agent">
        <bdi>{nameOr(agent.name, agent.username)}</bdi>
        {agent.role === 'supervisor' && <small>{words.top.supervisor}</small>}
      </span>
      <Settings state={state} dispatch={dispatch} />
      <button type="button" class="quiet leave" title={words.top.logOut} onClick={onLogout}>
        <Icon name="leave" />
        <span class="label">{words.top.logOut}</span>
      </button>
    </header>
  );
}

/** Two buttons, so that nobody has to guess what a switch would switch to. */
function Status({ state, dispatch }: Pick<Props, 'state' | 'dispatch'>) {
  const words = useWords().status;
  const locale = useLocale();
  const current = state.statusAsked ?? state.status;
  const since =
    state.statusSince > 0 && current === state.status
      ? sinceText(state.statusSince - state.clockOffset, Date.now(), locale, words)
      : '';
  const button = (status: AgentStatus, label: string, hint: string) => (
    <button
      type="button"
      class={`status-${status}`}
      title={current === status ? since : hint}
      aria-pressed={current === status}
      aria-disabled={state.connection !== 'online'}
      onClick={() => dispatch({ type: 'statusWanted', status })}
    >
      {label}
    </button>
  );
  return (
    <div class="status" role="group" aria-label={words.name} data-status={current}>
      {button('ready', words.ready, words.readyHint)}
      {button('paused', words.pause, words.pauseHint)}
    </div>
  );
}
