import type { Sample } from '../../src/trace/log-types.ts';
import { make } from '../shared/make.editor.ts';
import type { Say } from '../shared/say.editor.ts';
import { type Happening, happenings } from './made-event.editor.ts';

/** The event that a rule is tested against. */
export type Choice = { readonly sample: Sample } | { readonly made: Happening };

export interface EventChoice {
  readonly select: HTMLSelectElement;
  readonly chosen: () => Choice;
  /** Puts what happened last on offer, and chooses the newest unless a made event is being tried. */
  readonly offer: (samples: readonly Sample[]) => void;
  /** Says of every real event whether it meets the rule. */
  readonly mark: (metOf: (sample: Sample) => boolean | undefined) => void;
}

/** One list of what really happened last and of what can be made up. */
export function makeEventChoice(say: Say, changed: () => void): EventChoice {
  const id = 'trigger-condition-trial-event';
  const select = make('select', { id });
  const real = make('optgroup', { label: say('trial.real') });
  const made = make('optgroup', { label: say('trial.made') });
  for (const name of happenings) {
    made.append(make('option', { value: name }, say(`happening.${name}`)));
  }
  select.append(made);
  let samples: readonly Sample[] = [];
  let isTouched = false;
  select.addEventListener('change', () => {
    isTouched = true;
    changed();
  });

  function chosen(): Choice {
    const sample = samples.find((one) => valueOf(one) === select.value);
    return sample ? { sample } : { made: select.value as Happening };
  }

  function offer(latest: readonly Sample[]): void {
    const before = select.value;
    samples = latest;
    real.replaceChildren(...latest.map((one) => make('option', { value: valueOf(one) })));
    if (latest.length > 0) select.prepend(real);
    else real.remove();
    const [newest] = latest;
    const isStill = [...select.options].some(({ value }) => value === before);
    select.value = isTouched && isStill ? before : newest ? valueOf(newest) : before;
    changed();
  }

  function mark(metOf: (sample: Sample) => boolean | undefined): void {
    for (const [index, option] of [...real.children].entries()) {
      const sample = samples[index];
      if (!sample) continue;
      const text = `${signOf(metOf(sample))} ${timeOf(sample.at)} · ${sample.label}`;
      if (option.textContent !== text) option.textContent = text;
    }
  }

  return { select, chosen, offer, mark };
}

function valueOf({ id }: Sample): string {
  return `event ${id}`;
}

function signOf(met: boolean | undefined): string {
  if (met === undefined) return '?';
  return met ? '✓' : '✗';
}

/** Of an event of today, the time of day is enough. */
function timeOf(at: string): string {
  const time = new Date(at);
  const isToday = time.toDateString() === new Date().toDateString();
  return isToday
    ? time.toLocaleTimeString(undefined, { timeStyle: 'short' })
    : time.toLocaleString(undefined, { dateStyle: 'short', timeStyle: 'short' });
}
