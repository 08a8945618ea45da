import type { WhatsAppEvent } from '../../event/event.ts';
import type { AccountView, SendOutcome, SendRequest } from '../protocol.ts';
import { readFrames } from './frames.ts';

/** The editor does not know us (any more): its token is missing, too old or not enough. */
export class LockedError extends Error {}

const here = location.pathname.replace(/\/?$/, '/');
const editorPath = here.replace(/\/whatsapp-triggers\/simulator\/$/, '');

/** The token that the editor keeps for its own requests; same origin, so ours too. */
function authorization(): Record<string, string> {
  const saved = localStorage.getItem(`auth-tokens${editorPath.replaceAll('/', '-')}`);
  if (saved === null) return {};
  const { access_token: token } = JSON.parse(saved) as { access_token?: string };
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { ...authorization(), 'content-type': 'application/json' };
  const answer = await fetch(here + path, { ...init, headers, cache: 'no-store' });
  if (answer.status === 401)
    throw new LockedError('Log in to the editor, then load this page again.');
  return answer;
}

export async function fetchAccounts(): Promise<readonly AccountView[]> {
  const answer = await ask('accounts');
  if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
  return (await answer.json()) as readonly AccountView[];
}

/** Never rejects: a failure is an outcome that the page shows. */
export async function post(request: SendRequest): Promise<SendOutcome> {
  try {
    const answer = await ask('send', { method: 'POST', body: JSON.stringify(request) });
    return (await answer.json()) as SendOutcome;
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/** The events as the server keeps them: first what it remembers, then what comes, until it hangs up. */
export async function* follow(signal: AbortSignal): AsyncGenerator<WhatsAppEvent | 'connected'> {
  const answer = await ask('events', { signal });
  if (!answer.ok || !answer.body) throw new Error(`The server answered ${answer.status}.`);
  yield 'connected';
  let rest = '';
  for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) {
    const frames = readFrames(rest + chunk);
    for (const data of frames.data) yield JSON.parse(data) as WhatsAppEvent;
    rest = frames.rest;
  }
}
