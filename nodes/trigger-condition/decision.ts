import type { NodeAPI } from 'node-red';
import type { Condition, Verdict } from '../../src/condition/evaluate.ts';
import { pathOf } from '../../src/condition/read.ts';
import { isEvent } from '../../src/event/event.ts';
import { type DeclaredVariable, houseOf } from '../shared/house.ts';

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
export function masked(verdict: Verdict, declared: readonly DeclaredVariable[]): Verdict {
  const sensitive = new Set(declared.filter((one) => one.sensitive).map(({ name }) => name));
  const mask = (row: Condition): Condition =>
    row.present && tells(row, sensitive) ? { ...row, actual: '•••' } : row;
  return { met: verdict.met, conditions: verdict.conditions.map(mask) };
}

/** A path may lead to a variable as well, or to all of them. */
function tells({ name, path = '' }: Condition, sensitive: ReadonlySet<string>): boolean {
  if (name !== undefined) return sensitive.has(name);
  const segments = pathOf(path) ?? [];
  const at = segments.indexOf('variables');
  if (at < 0) return false;
  const variable = segments[at + 1];
  return variable === undefined ? sensitive.size > 0 : sensitive.has(variable);
}

function shortened(text: string | null): string | null {
  return text === null || text.length <= maxLogged ? text : `${text.slice(0, maxLogged)}…`;
}
