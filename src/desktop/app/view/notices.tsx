import type { DesktopState } from '../model/state.ts';
import type { Dispatch } from '../store.ts';
import { CloseIcon } from './icons.tsx';
import { useWords } from './use-words.ts';

interface Props {
  readonly state: DesktopState;
  readonly dispatch: Dispatch;
}

export function Notices({ state, dispatch }: Props) {
  const words = useWords();
  const { announcement, notices } = state;
  return (
    <>
      <div class="spoken" role="status">
        <span key={announcement.id}>{announcement.text}</span>
      </div>
      <div class="notices" role="status">
        {notices.map(({ id, text }) => (
          <div class="notice" key={id}>
            <p>{text}</p>
            <button
              type="button"
              class="bare"
              aria-label={words.top.dismiss}
              onClick={() => dispatch({ type: 'noticeDismissed', id })}
            >
              <CloseIcon />
            </button>
          </div>
        ))}
      </div>
    </>
  );
}
