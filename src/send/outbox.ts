import { asTriggerError, TriggerError } from '../errors.ts';
import { nameOf } from '../provider/recipient.ts';
import { callApi } from './api-client.ts';
import type { BegunSend, NewSend } from '../store/sends.ts';
import { attempt, type NotTaken, type Verdict } from './attempt.ts';
import { createLine, type Line } from './line.ts';
import { createLoopGuard } from './loop-guard.ts';
import type { Order, Sent, SendingParty } from './order.ts';
import { pause } from './pause.ts';
import { createRates } from './rates.ts';
import { defaultWaits, nextWait } from './retry.ts';
import { sentMessage } from './sent-message.ts';
import { createTurns } from './turns.ts';
import { isWindowShut, windowCode } from './window.ts';

export type TryOutcome = 'sent' | 'unknown' | 'failed_for_now' | 'refused';

export interface OutboxOptions {
  /** Seconds from a try to the next one. */
  readonly waits?: () => readonly number[];
  /** Why nothing can be sent through an account; undefined = it can. */
  readonly health: (accountId: string, problem: string | undefined) => void;
  /** A try has ended. */
  readonly tried: (order: Order, outcome: TryOutcome) => void;
  readonly problem: (error: Error) => void;
}

/** What all senders of a runtime share, so that a provider's limits hold for all of them together. */
export interface Outbox {
  /**
   * Sends when its turn has come, after what was given before for the same contact. Throws E_SEND with
   * the provider's own code in the details. Nothing that may have gone out is ever sent again.
   */
  send(order: Order, signal: AbortSignal): Promise<Sent>;
  /** Ends the connections; the next send makes new ones. */
  rest(): void;
}

interface Try {
  /** How many this makes. */
  readonly tries: number;
  /** Another one follows. */
  readonly again: boolean;
}

const mostWaiting = 10_000;

/** So many milliseconds are worth being told. */
const longWait = 500;

export function createOutbox(options: OutboxOptions): Outbox {
  const { waits = () => defaultWaits } = options;
  const turns = createTurns();
  const rates = createRates();
  const guard = createLoopGuard();
  /** Accounts whose provider no try has reached of late. */
  const cutOff = new Set<string>();
  let line: Line | undefined;

  async function tryOnce(order: Order, party: SendingParty, signal: AbortSignal): Promise<Verdict> {
    const { account, sender } = party;
    const { id: reference, to, content } = order;
    const known = await account.inbox.store.contactWindow(account.id, to);
    if (isWindowShut(content, known?.lastIncomingAt, Date.now())) return windowIsShut;
    const call = party.call ?? callApi.bind(undefined, (line ??= createLine()));
    return attempt({ to, content, reference }, { account, sender, call, signal });
  }

  async function waitForRates(order: Order, party: SendingParty, signal: AbortSignal) {
    const { account, sender } = party;
    const { contact } = sender.rates;
    if (contact) await wait(order, rates.reserve(laneOf(order, account.id), contact), signal);
    await wait(order, rates.reserve(account.id, sender.rates.account), signal);
  }

  async function inTurn(order: Order, signal: AbortSignal): Promise<Sent> {
    for (let tries = 1; ; tries += 1) {
      await waitForRates(order, order.party(), signal);
      const party = order.party();
      const before = await begin(order, party);
      if (before) return before;
      const verdict = await tryOnce(order, party, signal).catch(notTried);
      await keepEnd(order, party, verdict);
      const next = waitAfter(verdict, tries);
      tell(order, party, verdict, { tries, again: next !== undefined });
      if (verdict.kind === 'sent') return { id: verdict.messageId, status: verdict.status };
      if (verdict.kind === 'unknown') return settledBefore(order, party, verdict);
      if (next === undefined) throw errorOf(verdict);
      if (verdict.again === 'account' && verdict.wait > 0) {
        rates.hold(party.account.id, party.sender.rates.account, verdict.wait);
      }
      await wait(order, next, signal);
    }
  }

  function waitAfter(verdict: Verdict, tries: number): number | undefined {
    if (verdict.kind !== 'failed' || !verdict.again) return undefined;
    return nextWait(tries, verdict.wait, waits());
  }

  function tell(order: Order, party: SendingParty, verdict: Verdict, { tries, again }: Try): void {
    tellHealth(party.account.id, verdict, tries);
    const failed = again ? 'failed_for_now' : 'refused';
    options.tried(order, verdict.kind === 'failed' ? failed : verdict.kind);
  }

  /** One try may fail for any reason; the second in a row that finds no way is worth an operator's look. */
  function tellHealth(id: string, verdict: Verdict, tries: number): void {
    const isUnreached = verdict.kind === 'failed' && verdict.isUnreached === true;
    if (isUnreached && tries > 1) {
      cutOff.add(id);
      options.health(id, `The provider cannot be reached. ${verdict.text}`);
    } else if (verdict.kind === 'failed' && verdict.isAccount) {
      cutOff.delete(id);
      options.health(id, verdict.text);
    } else if (verdict.kind === 'sent' || (!isUnreached && cutOff.has(id))) {
      cutOff.delete(id);
      options.health(id, undefined);
    }
  }

  /** Where this cannot be kept, what is known is told all the same: a status may settle it yet. */
  async function keepEnd(order: Order, { account }: SendingParty, verdict: Verdict): Promise<void> {
    const { contact } = order;
    const end = { ...noted(order), policy: account.policy, contact };
    try {
      const { store } = account.inbox;
      const done = { ...end, ...verdict };
      await account.inbox.change((handOut) => store.endSend(done, Date.now(), handOut));
    } catch (error) {
      options.problem(asTriggerError(error, 'E_STORE'));
    }
  }

  function refuseLoop(order: Order, accountId: string): void {
    if (order.answers === undefined) return;
    const pair = `${order.node} ${laneOf(order, accountId)}`;
    const { admitted, tell } = guard.admit(pair, order.answers, performance.now());
    if (admitted) return;
    const text = 'This looks like two robots talking: too many answers to one contact.';
    if (tell) order.warn(text);
    throw new TriggerError('E_SEND', text, { details: { code: 'loop' } });
  }

  return {
    async send(order, signal) {
      const { account } = order.party();
      if (turns.size >= mostWaiting) {
        throw new TriggerError('E_SEND', `More than ${mostWaiting} messages wait to be sent.`);
      }
      refuseLoop(order, account.id);
      const end = await turns.take(laneOf(order, account.id), signal);
      try {
        return await inTurn(order, signal);
      } finally {
        end();
      }
    },
    rest() {
      line?.close();
      line = undefined;
    },
  };
}

const windowIsShut: NotTaken = {
  kind: 'failed',
  code: windowCode,
  text: 'The contact has not written or called within the last 24 hours: until they do, WhatsApp takes only templates.',
  wait: 0,
  isAccount: false,
};

/** The store failed before anything was sent. */
function notTried(error: unknown): NotTaken {
  return { kind: 'failed', code: '', text: (error as Error).message, wait: 0, isAccount: false };
}

async function wait(order: Order, ms: number, signal: AbortSignal): Promise<void> {
  if (ms > longWait) order.delayed?.();
  if (ms > 0) await pause(ms, signal);
  else signal.throwIfAborted();
}

/** Undefined = it is ours to send; else what became of it when it was sent before. */
async function begin(order: Order, party: SendingParty): Promise<Sent | undefined> {
  const begun = await beginSend(order, party);
  switch (begun.state) {
    case 'begun':
      return undefined;
    case 'sent':
      return { id: begun.messageId, status: begun.status };
    case 'unknown':
      throw errorOf({
        kind: 'unknown',
        text: 'It was begun before and nobody knows how it ended.',
      });
  }
}

/** A status may have come before the answer that never came. */
async function settledBefore(order: Order, party: SendingParty, verdict: Unknown): Promise<Sent> {
  const begun = await beginSend(order, party).catch(() => undefined);
  if (begun?.state !== 'sent') throw errorOf(verdict);
  return { id: begun.messageId, status: begun.status };
}

function beginSend(order: Order, { account }: SendingParty): Promise<BegunSend> {
  const { node, to } = order;
  const send = { ...noted(order), account: account.id, node, to, startedAt: Date.now() };
  return account.inbox.store.beginSend(send);
}

/** What the store is told of a send, at its begin and at its end. */
function noted(order: Order): Pick<NewSend, 'id' | 'message' | 'closed'> {
  const { id, closed } = order;
  return { id, message: sentMessage(order), ...(closed === undefined ? {} : { closed }) };
}

type Unknown = Extract<Verdict, { kind: 'unknown' }>;

function errorOf(verdict: Exclude<Verdict, { kind: 'sent' }>): TriggerError {
  if (verdict.kind === 'unknown') {
    const text = `The message may have gone out, so it is not sent again: ${verdict.text}`;
    return new TriggerError('E_SEND', text, { details: { code: 'unknown' } });
  }
  const { code, text } = verdict;
  const message = code === '' || text.includes(code) ? text : `${text} (${code})`;
  return new TriggerError('E_SEND', message, { details: { code } });
}

/** Whose messages keep their order. */
function laneOf({ to }: Order, accountId: string): string {
  return `${accountId} ${nameOf(to) ?? ''}`;
}
