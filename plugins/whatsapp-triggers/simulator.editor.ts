import type { WhatsAppEvent } from '../../src/event/event.ts';
import type { Customer } from '../../src/provider/simulator/build.ts';
import type {
  AccountView,
  SendAnswer,
  SendOutcome,
  SendRequest,
} from '../../src/simulator/protocol.ts';
import { ask, type AskError } from './ask.editor.ts';
import type { Deed } from './deeds.editor.ts';
import { freshId, happeningOf, timestampOf } from './request.editor.ts';
import {
  keyOfTalk,
  lastOfBusiness,
  reduceTalks,
  type Talk,
  type TalkAction,
  type Talks,
} from './talk.editor.ts';

/** Who writes to whom, and whether the actions of the flow are to be real. */
export interface Scene {
  readonly account: AccountView;
  readonly customer: Customer;
  readonly dryRun: boolean;
}

/** Why a deed came to nothing: a key below `deed`, or the server's own words. */
export type Mishap = { readonly key: string } | { readonly words: string };

export interface Simulator {
  talk(scene: Scene): Talk;
  hear(event: WhatsAppEvent): void;
  /** Resolves when the webhook, or the store, has answered; with `told`, when the flow was told too. */
  perform(deed: Deed, scene: Scene, told?: boolean): Promise<Mishap | undefined>;
}

/** How long an event may take to come round. */
const patience = 5_000;

export function createSimulator(changed: () => void): Simulator {
  let talks: Talks = {};
  const awaited = new Map<string, () => void>();

  function dispatch(action: TalkAction): void {
    talks = reduceTalks(talks, action);
    changed();
  }

  const talk = ({ account, customer, dryRun }: Scene): Talk =>
    talks[keyOfTalk(account.id, customer.phone, dryRun)] ?? { entries: [] };

  async function send(request: SendRequest & { readonly id: string }): Promise<Mishap | undefined> {
    dispatch({ type: 'sending', request });
    const outcome = await post(request);
    dispatch({ type: 'answered', request, outcome });
    if ('error' in outcome) return { words: outcome.error };
    return outcome.status === 200 ? undefined : { words: `HTTP ${outcome.status}` };
  }

  function comesRound(id: string): Promise<void> {
    return new Promise((resolve) => {
      const over = (): void => {
        clearTimeout(timer);
        awaited.delete(id);
        resolve();
      };
      const timer = setTimeout(over, patience);
      awaited.set(id, over);
    });
  }

  async function say(deed: Deed, scene: Scene, told: boolean): Promise<Mishap | undefined> {
    const happening = happeningOf(deed, lastOfBusiness(talk(scene))?.key);
    if (!happening) return { key: 'noReply' };
    const { account, customer, dryRun } = scene;
    const id = freshId();
    const timestamp = timestampOf(deed, Date.now());
    const round = told && happening.kind !== 'status' ? comesRound(id) : undefined;
    const request = { account: account.id, customer, happening, id, timestamp, dryRun };
    const mishap = await send(request);
    if (!mishap) await round;
    return mishap;
  }

  async function act(
    body: {
      readonly act: 'accept' | 'reject' | 'close';
      readonly agent?: string;
      readonly reason?: string;
    },
    scene: Scene,
  ): Promise<Mishap | undefined> {
    const { interaction } = talk(scene);
    if (!interaction?.isOpen) return { key: 'notOpen' };
    try {
      await ask('simulator/act', { interaction: interaction.id, ...body });
      return undefined;
    } catch (error) {
      const { reason, message } = error as AskError;
      return reason === undefined ? { words: message } : { key: reason };
    }
  }

  /** The first message of an interaction: what is open is closed before. */
  async function open(deed: Deed, scene: Scene, told: boolean): Promise<Mishap | undefined> {
    if (talk(scene).interaction?.isOpen) await act({ act: 'close' }, scene);
    return say(deed, scene, told);
  }

  return {
    talk,
    hear: (event) => {
      dispatch({ type: 'event', event });
      awaited.get(event.message?.id ?? '')?.();
    },
    async perform(deed, scene, told = false) {
      switch (deed.verb) {
        case 'open':
          return open(deed, scene, told);
        case 'again': {
          const { last } = talk(scene);
          return last?.id === undefined ? { key: 'nothingSent' } : send({ ...last, id: last.id });
        }
        case 'accept':
        case 'reject':
          return act(
            { act: deed.verb, ...(deed.agent === '' ? {} : { agent: deed.agent }) },
            scene,
          );
        case 'close':
          return act(
            { act: 'close', ...(deed.reason === '' ? {} : { reason: deed.reason }) },
            scene,
          );
        case 'wait':
          return undefined;
        case 'customer':
        case 'business':
        case 'image':
        case 'button':
        case 'location':
        case 'late':
        case 'delivery':
          return say(deed, scene, told);
      }
    },
  };
}

async function post(request: SendRequest): Promise<SendOutcome> {
  try {
    return await ask<SendAnswer>('simulator/send', request);
  } catch (error) {
    return { error: (error as AskError).message };
  }
}
