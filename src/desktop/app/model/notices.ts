import type { DesktopState } from './state.ts';
import { step, type Step } from './step.ts';

const noticeTime = 8000;
const noticeLimit = 3;

/** For screen readers only: what the others see. */
export function announce(state: DesktopState, text: string): DesktopState {
  const id = state.lastNotice + 1;
  return { ...state, lastNotice: id, announcement: { id, text } };
}

/** For everybody, for a while. */
export function notify(state: DesktopState, text: string): Step {
  const id = state.lastNotice + 1;
  const notices = [...state.notices, { id, text }].slice(-noticeLimit);
  return step(
    { ...state, lastNotice: id, notices },
    { type: 'later', after: noticeTime, action: { type: 'noticeDismissed', id } },
  );
}
