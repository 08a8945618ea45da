import { compile, type Trigger } from '../../src/condition/compile.ts';
import type { Condition, Verdict } from '../../src/condition/evaluate.ts';
import { evaluate } from '../../src/condition/evaluate.ts';
import { compilePattern } from '../../src/condition/pattern.ts';
import { describeProblem } from '../../src/condition/problem.ts';
import type { Facts } from '../../src/condition/read.ts';
import type { Row, SavedRule } from '../../src/condition/rule.ts';
import type { WhatsAppEvent } from '../../src/event/event.ts';

/** The single event that opens an interaction by a message. */
export function sampleEvent(changes: Partial<WhatsAppEvent> = {}): WhatsAppEvent {
  return {
    id: 'evt-1',
    name: 'message.incoming',
    at: '2026-03-02T09:00:00.000Z',
    receivedAt: '2026-03-02T09:00:01.000Z',
    account: { id: 'acc1', name: 'Sales line', key: 'SALES', provider: 'meta', number: '+390212' },
    interaction: {
      id: '17',
      change: 'opened',
      state: 'open',
      openedAt: '2026-03-02T09:00:00.000Z',
    },
    message: { id: 'm1', verb: 'incoming', type: 'text', text: 'Hello, where is it?', media: [] },
    contact: { id: 'c1', phone: '+393331234567', name: 'Zoë' },
    queue: 'Sales & Co',
    redelivered: false,
    ...changes,
  };
}

export function factsOf(facts: Partial<Facts> = {}): Facts {
  return {
    event: sampleEvent(),
    msg: {},
    variables: {},
    now: new Date('2026-03-02T09:30:00Z'),
    ...facts,
  };
}

export const noEvent: Partial<Facts> = { event: undefined };

export function compiled(rule: SavedRule): Trigger {
  const result = compile(rule, compilePattern);
  if (!result.ok) throw new Error(result.problems.map(describeProblem).join('; '));
  return result.trigger;
}

export function judge(rule: SavedRule, facts: Partial<Facts> = {}): Verdict {
  return evaluate(compiled(rule), factsOf(facts));
}

/** How one row alone turns out. */
export function judgeRow(row: Row, facts: Partial<Facts> = {}): Condition {
  const [condition] = judge({ all: [row] }, facts).conditions;
  if (!condition) throw new Error('The rule has no row.');
  return condition;
}

/** The codes and reasons of what is wrong with one row. */
export function problemOf(row: unknown): { code: string; reason: string } | undefined {
  const result = compile({ all: [row] }, compilePattern);
  return result.ok ? undefined : result.problems[0];
}
