import { useEffect, useRef, useState } from 'preact/hooks';
import { canNotify } from '../alert.ts';
import type { DesktopState } from '../model/state.ts';
import { elementId } from '../model/step.ts';
import { nameOr } from '../model/text.ts';
import { siteLanguage } from '../preferences.ts';
import type { Dispatch } from '../store.ts';
import { languages, type Language } from '../words/words.ts';
import { Icon } from './icons.tsx';
import { useAway } from './use-away.ts';
import { useWords } from './use-words.ts';

interface Props {
  readonly state: DesktopState;
  readonly dispatch: Dispatch;
}

export function Settings({ state, dispatch }: Props) {
  const words = useWords().settings;
  const open = state.panel === 'settings';
  const place = useRef<HTMLDivElement>(null);
  const shut = () => dispatch({ type: 'panelShown', panel: undefined });
  useAway(place, open, shut);
  return (
    <div class="settings" ref={place}>
      <button
        type="button"
        class="bare"
        id={elementId.opener('settings')}
        title={words.button}
        aria-label={words.button}
        aria-expanded={open}
        onClick={() => dispatch({ type: 'panelShown', panel: open ? undefined : 'settings' })}
      >
        <Icon name="settings" />
      </button>
      {open && <SettingsPanel state={state} dispatch={dispatch} />}
    </div>
  );
}

function SettingsPanel({ state: { preferences, session }, dispatch }: Props) {
  const words = useWords().settings;
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => panel.current?.querySelector('input')?.focus(), []);
  return (
    <div class="panel-card" role="dialog" aria-label={words.button} ref={panel}>
      {session.kind === 'in' && (
        <p class="me">
          <bdi>{nameOr(session.agent.name, session.agent.username)}</bdi>
        </p>
      )}
      <label class="check">
        <input
          type="checkbox"
          checked={preferences.sound}
          onChange={({ currentTarget }) =>
            dispatch({ type: 'preferred', preferences: { sound: currentTarget.checked } })
          }
        />
        {words.sound}
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={preferences.shortcuts}
          onChange={({ currentTarget }) =>
            dispatch({ type: 'preferred', preferences: { shortcuts: currentTarget.checked } })
          }
        />
        {words.shortcuts}
      </label>
      <Notifications />
      <LanguageChoice language={preferences.language} dispatch={dispatch} />
      <button
        type="button"
        class="quiet wide"
        onClick={() => dispatch({ type: 'panelShown', panel: 'keys' })}
      >
        {words.list}
      </button>
    </div>
  );
}

function Notifications() {
  const words = useWords().settings;
  const [permission, setPermission] = useState(canNotify);
  if (permission === 'unsupported') return null;
  return (
    <div class="setting">
      <span>{words.notifications}</span>
      {permission === 'default' && (
        <button
          type="button"
          onClick={() => void Notification.requestPermission().then(setPermission)}
        >
          {words.notificationsAsk}
        </button>
      )}
      {permission === 'granted' && <Icon name="done" />}
      {permission === 'denied' && <small>{words.notificationsDenied}</small>}
    </div>
  );
}

interface LanguageProps {
  readonly language: Language | undefined;
  readonly dispatch: Dispatch;
}

function LanguageChoice({ language, dispatch }: LanguageProps) {
  const words = useWords().settings;
  function choose(id: string): void {
    const chosen = languages.find((each) => each.id === id)?.id;
    dispatch({ type: 'preferred', preferences: { language: chosen } });
    dispatch({ type: 'languageChosen', language: chosen ?? siteLanguage() });
  }
  return (
    <label class="setting">
      {words.language}
      <select value={language ?? ''} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        <option value="">{words.browserLanguage}</option>
        {languages.map(({ id, name }) => (
          <option key={id} value={id} lang={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
