import type { NodeAPI } from 'node-red';
import type { Condition, Verdict } from '../../src/condition/evaluate.ts';
import { tellsSensitive } from '../../src/condition/sensitive.ts';
import { isEvent } from '../../src/event/event.ts';
import { hidden } from '../../src/trace/mask.ts';
import { houseOf } from '../shared/house.ts';

/** What a trigger decided about a message, as `msg.trigger` says it. */
export interface Decision extends Verdict {
  readonly id: string;
  readonly name: string;
  readonly sentence: string;
}

const maxLogged = 200;

/** Writes the decision to the trigger log, which keeps many of them: long texts are cut there. */
export function logDecision(RED: NodeAPI, payload: unknown, decision: Decision): void {
  const conditions = decision.conditions.map((row) => ({ ...row, actual: shortened(row.actual) }));
  houseOf(RED).log.add({
    kind: 'decision',
    at: new Date().toISOString(),
    eventId: isEvent(payload) ? payload.id : undefined,
    trigger: { ...decision, conditions },
  });
}

/** The verdict without the values of sensitive variables, as it finds its way into logs. */
export function masked(verdict: Verdict, sensitive: ReadonlySet<string>): Verdict {
  if (sensitive.size === 0) return verdict;
  const mask = (row: Condition): Condition =>
    row.present && tellsSensitive(row, sensitive) ? { ...row, actual: hidden } : row;
  return { met: verdict.met, conditions: verdict.conditions.map(mask) };
}

function shortened(text: string | null): string | null {
  return text === null || text.length <= maxLogged ? text : `${text.slice(0, maxLogged)}…`;
}
