import type { WhatsAppEvent } from '../../src/event/event.ts';
import { readFrames } from '../../src/simulator/app/frames.ts';

const pause = 2_000;

/** Follows the events of the simulator until it is told to stop; a connection that breaks comes again. */
export async function followEvents(
  signal: AbortSignal,
  tell: (event: WhatsAppEvent) => void,
  live: (isLive: boolean) => void,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await follow(signal, tell, live);
    } catch {
      // Whatever it was, it shows by not being live.
    }
    if (!signal.aborted) live(false);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

async function follow(
  signal: AbortSignal,
  tell: (event: WhatsAppEvent) => void,
  live: (isLive: boolean) => void,
): Promise<void> {
  const token = RED.settings.get('auth-tokens')?.access_token;
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const url = 'whatsapp-triggers/simulator/events';
  const answer = await fetch(url, { headers, cache: 'no-store', signal });
  if (!answer.ok || !answer.body) return;
  live(true);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const frames = readFrames(rest + value);
    rest = frames.rest;
    for (const data of frames.data) tell(JSON.parse(data) as WhatsAppEvent);
  }
}
