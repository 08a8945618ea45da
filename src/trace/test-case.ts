import { compile } from '../condition/compile.ts';
import { evaluate } from '../condition/evaluate.ts';
import { fillVariables } from '../condition/fill-variables.ts';
import { compilePattern } from '../condition/pattern.ts';
import type { WhatsAppEvent } from '../event/event.ts';
import type { Step, StepRow, TestCase } from './log-types.ts';
import type { LogRecord } from './log-store/record.ts';
import { namesPeople, wordsOf } from './rule-words.ts';
import { createScrub } from './scrub.ts';

/**
 * An event that can be kept in a repository: nothing in it tells who somebody is, and rules decide
 * about it as they did. A decision is left out where its scrubbed event would change it, and where its
 * rule names people.
 */
export function testCaseOf({ event, variables, steps }: LogRecord): TestCase | undefined {
  if (!event) return undefined;
  const decisions = decisionsOf(steps).filter(
    ({ detail }) => !namesPeople(detail.conditions ?? [], event),
  );
  const scrub = createScrub(decisions.flatMap(({ detail }) => wordsOf(detail.conditions ?? [])));
  const scrubbed = scrub.event(event);
  const custom = scrub.texts(variables);
  return {
    name: `${event.name} ${event.at}`,
    event: scrubbed,
    variables: custom,
    decisions: decisions.flatMap(
      ({ node, detail: { sentence = '', met = false, conditions = [] } }) =>
        decide(conditions, scrubbed, custom) === met
          ? [{ trigger: node?.id ?? '', name: node?.name ?? '', sentence, met }]
          : [],
    ),
  };
}

/** The last of each trigger that was asked. */
function decisionsOf(steps: readonly Step[]): readonly Step[] {
  const asked = steps.filter(({ kind, outcome }) => {
    return kind === 'decision' && (outcome === 'met' || outcome === 'notMet');
  });
  return [...new Map(asked.map((step) => [step.node?.id, step])).values()];
}

function decide(
  conditions: readonly StepRow[],
  event: WhatsAppEvent,
  custom: Readonly<Record<string, string>>,
): boolean | undefined {
  const of = (list: StepRow['list']) => conditions.filter((row) => row.list === list);
  const compiled = compile({ all: of('all'), any: of('any') }, compilePattern);
  if (!compiled.ok) return undefined;
  const variables = fillVariables(custom, event, []);
  const msg = { topic: event.name, payload: event, variables };
  const now = new Date(event.receivedAt);
  return evaluate(compiled.trigger, { event, msg, variables, now }).met;
}
