import type { DeclaredDefault } from '../../src/condition/fill-variables.ts';
import { compilePattern } from '../../src/condition/pattern.ts';
import { quote } from '../../src/condition/quote.ts';
import type { Facts } from '../../src/condition/read.ts';
import type { Rule } from '../../src/condition/rule.ts';
import { createTrial, type Trial } from '../../src/condition/trial.ts';
import type { Account } from '../../src/event/event.ts';
import type { Sample, SampleList } from '../../src/trace/log-types.ts';
import { factsOfSample, isKept } from '../../src/trace/sample-facts.ts';
import { make, makeIconButton } from '../shared/make.editor.ts';
import { askSamples } from '../shared/preview/samples.editor.ts';
import type { Say } from '../shared/say.editor.ts';
import { makeEventChoice } from './event-choice.editor.ts';
import { askedOf, factsOf, type MadeEvent, newEvent } from './made-event.editor.ts';
import { makeMadeControls } from './made-form.editor.ts';
import { makeRowNotes, type Note } from './row-notes.editor.ts';

export interface TrialContext {
  readonly say: Say;
  readonly accounts: readonly Account[];
  readonly suggestions: (field: string) => string | undefined;
  /** Those whose defaults apply. */
  readonly declared: () => readonly DeclaredDefault[];
  /** Those that the log does not keep. */
  readonly sensitive: () => ReadonlySet<string>;
  /** Another event is tested against. */
  readonly changed: () => void;
}

export interface TrialPanel {
  readonly element: HTMLElement;
  /** Brings the panel up to date with the rule; answers what each row found. */
  readonly test: (rule: Rule) => Trial;
  readonly load: () => void;
}

const mostSamples = 25;

/** The rule against one event, a real one or one that is made up, as the runtime would decide. */
export function makeTrialPanel(context: TrialContext): TrialPanel {
  const { say, accounts, declared, sensitive, changed } = context;
  const events = makeEventChoice(say, changed);
  const state = make('div', { class: 'wa-state', role: 'status' });
  const form = make('div', { class: 'wa-cells wa-made' });
  const verdict = makeRowNotes();
  let made: MadeEvent = newEvent;
  let shown = '';

  const load = (): void => {
    void askSamples('', mostSamples)
      .done(({ samples }: SampleList) => {
        state.textContent = samples.length === 0 ? say('trial.none') : '';
        events.offer(samples);
      })
      .fail(() => {
        state.textContent = say('trial.failed');
      });
  };

  function showForm(rule: Rule): void {
    const choice = events.chosen();
    if ('made' in choice) made = { ...made, happening: choice.made };
    const asked = 'made' in choice ? askedOf(rule, choice.made) : undefined;
    const key = JSON.stringify(asked ?? '');
    if (key === shown) return;
    shown = key;
    const update = (part: Partial<MadeEvent>) => {
      made = { ...made, ...part };
      changed();
    };
    form.replaceChildren(
      ...(asked ? makeMadeControls(asked, { ...context, made: () => made, update }) : []),
    );
  }

  function test(rule: Rule): Trial {
    showForm(rule);
    const ask = createTrial(rule, compilePattern);
    const known = declared();
    const secret = sensitive();
    const real = (sample: Sample) =>
      ask(factsOfSample(sample, known), (row, finding) => isKept(row, finding, sample, secret));
    events.mark((sample) => real(sample).met);
    const choice = events.chosen();
    const trial = 'made' in choice ? ask(madeFacts(known)) : real(choice.sample);
    verdict.show([verdictOf(trial, say)]);
    return trial;
  }

  function madeFacts(known: readonly DeclaredDefault[]): Facts {
    const typed = new Date(made.parts.time ?? '');
    return factsOf(made, accounts, known, Number.isNaN(typed.getTime()) ? new Date() : typed);
  }

  const element = make(
    'div',
    { class: 'wa-trial' },
    make(
      'div',
      { class: 'wa-row' },
      make('label', { for: events.select.id }, say('trial.event')),
      events.select,
      makeIconButton('fa-refresh', say('trial.refresh'), load),
    ),
    state,
    form,
    verdict.place,
  );
  return { element, test, load };
}

function verdictOf({ met }: Trial, say: Say): Note {
  if (met === undefined) return { kind: 'unknown', text: say('trial.unknown') };
  return met
    ? { kind: 'met', text: say('trial.met') }
    : { kind: 'notMet', text: say('trial.notMet') };
}

/** How a row turned out with the event, and what it found there. */
export function trialNote(found: Trial['all'][number], say: Say): Note {
  if (!found) return { kind: 'unknown', text: say('trial.row.unknown') };
  const kind = found.met ? 'met' : 'notMet';
  return found.actual === null
    ? { kind, text: say(`trial.row.${kind}Absent`) }
    : { kind, text: say(`trial.row.${kind}`, { actual: quote(found.actual) }) };
}
