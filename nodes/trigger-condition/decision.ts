import type { NodeAPI } from 'node-red';
import type { Condition, Verdict } from '../../src/condition/evaluate.ts';
import { tellsSensitive } from '../../src/condition/sensitive.ts';
import { isEvent, type WhatsAppEvent } from '../../src/event/event.ts';
import { type Hide, shortened } from '../../src/trace/cut.ts';
import { type Discretion, discretionOf, type LogMask } from '../../src/trace/log-settings.ts';
import { hidden, hiderOf } from '../../src/trace/mask.ts';
import { houseOf } from '../shared/house.ts';

/** What a trigger decided about a message, as `msg.trigger` says it. */
export interface Decision extends Verdict {
  readonly id: string;
  readonly name: string;
  readonly sentence: string;
}

const maxLogged = 200;

/**
 * Writes the decision to the list of what happened last, which keeps many: long texts are cut there.
 * Nothing of a customer is in it that the log beside the store may not have.
 */
export function logDecision(RED: NodeAPI, payload: unknown, decision: Decision): void {
  const event = isEvent(payload) ? payload : undefined;
  houseOf(RED).log.add({
    kind: 'decision',
    at: new Date().toISOString(),
    eventId: event?.id,
    trigger: discreet(decision, event, discretionFor(RED, event)),
  });
}

/** Of what belongs to no account, nobody knows whose settings hold. */
function discretionFor(RED: NodeAPI, event: WhatsAppEvent | undefined): Discretion {
  const { accounts, logSettings } = houseOf(RED);
  const account = accounts.get(event?.account.id ?? '');
  const own = account && logSettings.get(account.inbox);
  return discretionOf(own ? [own] : [...logSettings.values()]);
}

/** What the rule says may be a customer's number or name too. */
function discreet(
  decision: Decision,
  event: WhatsAppEvent | undefined,
  { isOff, masks }: Discretion,
): Decision {
  const hide = hiderFor(event, masks);
  // What is no event may hold a customer's words anywhere.
  const find = isOff || (!event && masks.length > 0) ? () => hidden : hide;
  const hideValue = (value: unknown) => (typeof value === 'string' ? hide(value) : value);
  const conditions = decision.conditions.map((row) => ({
    ...row,
    value: Array.isArray(row.value) ? row.value.map(hideValue) : hideValue(row.value),
    actual: row.actual === null ? null : shortened(find(row.actual), maxLogged),
  }));
  return { ...decision, sentence: hide(decision.sentence), conditions };
}

/** A flow may have put something into an event that cannot be looked through: then all is hidden. */
function hiderFor(event: WhatsAppEvent | undefined, masks: readonly LogMask[]): Hide {
  try {
    return hiderOf(event, masks, []) ?? ((text) => text);
  } catch {
    return () => hidden;
  }
}

/** The verdict without the values of sensitive variables, as it finds its way into logs. */
export function masked(verdict: Verdict, sensitive: ReadonlySet<string>): Verdict {
  if (sensitive.size === 0) return verdict;
  const mask = (row: Condition): Condition =>
    row.present && tellsSensitive(row, sensitive) ? { ...row, actual: hidden } : row;
  return { met: verdict.met, conditions: verdict.conditions.map(mask) };
}
