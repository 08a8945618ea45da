import type { Action } from './model/step.ts';
import { signOn, type SignOnAnswer } from './session.ts';

export interface SigningOn {
  /** Asks who comes in, with the token that was brought, if any; this ends an earlier question. */
  begin(token: string | undefined): Promise<void>;
  /** Somebody has come in otherwise, or has left: nobody else shall come in by what was asked before. */
  stop(): void;
}

/** Tells who comes in. A server that is away, or does not look at tokens now, is asked again. */
export function createSigningOn(dispatch: (action: Action) => void): SigningOn {
  let retry: ReturnType<typeof setTimeout> | undefined;
  let asking = new AbortController();

  function stop(): void {
    clearTimeout(retry);
    asking.abort();
  }

  async function begin(token: string | undefined): Promise<void> {
    stop();
    asking = new AbortController();
    const { signal } = asking;
    const answer = await signOn(token, signal);
    if (signal.aborted) return;
    const again = answer.kind === 'unreachable' ? 3 : answer.again;
    dispatch(told(answer));
    if (again !== undefined) retry = setTimeout(() => void begin(token), again * 1000);
  }

  return { begin, stop };
}

function told(answer: SignOnAnswer): Action {
  switch (answer.kind) {
    case 'in':
      return { type: 'loggedIn', agent: answer.agent };
    case 'out':
      return { type: 'loggedOut' };
    case 'refused':
      return { type: 'loggedOut', reason: 'refused', another: answer.another === true };
    case 'unreachable':
      return { type: 'connectionLost' };
    default:
      return answer satisfies never;
  }
}
