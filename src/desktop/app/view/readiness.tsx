import { useState } from 'preact/hooks';
import { canNotify } from '../alert.ts';
import { keepReadiness, testWindows, wantsReadiness } from '../readiness.ts';
import { useWords } from './use-words.ts';

/** At the first login in a browser: pages and offers should reach the agent, so the browser is asked now. */
export function Readiness() {
  const words = useWords().pages.ready;
  const [wanted, setWanted] = useState(wantsReadiness);
  const [windows, setWindows] = useState<boolean>();
  const [notifications, setNotifications] = useState(canNotify);
  if (!wanted) return null;

  function end(): void {
    keepReadiness();
    setWanted(false);
  }
  async function allowNotifications(): Promise<void> {
    setNotifications(await Notification.requestPermission());
  }
  return (
    <section class="ready" aria-labelledby="ready-heading">
      <h2 id="ready-heading">{words.title}</h2>
      <p>{words.text}</p>
      <div class="ready-buttons">
        <button type="button" class="primary" onClick={() => setWindows(testWindows())}>
          {words.test}
        </button>
        {notifications === 'default' && (
          <button type="button" onClick={() => void allowNotifications()}>
            {words.notify}
          </button>
        )}
        <button type="button" class="quiet" onClick={end}>
          {windows ? words.done : words.later}
        </button>
      </div>
      <div role="status">
        {windows !== undefined && (
          <p class={windows ? 'ready-good' : 'ready-bad'}>{windows ? words.good : words.blocked}</p>
        )}
        {notifications === 'granted' && <p class="ready-good">{words.notifyGood}</p>}
        {notifications === 'denied' && isSecureContext && <p>{words.notifyDenied}</p>}
      </div>
    </section>
  );
}
