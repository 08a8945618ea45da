import { madeEvent } from '../../../src/event/made-event.ts';
import { standardVariables } from '../../../src/event/standard-variables.ts';
import type { Sample, SampleList } from '../../../src/trace/log-types.ts';
import { common } from '../common.editor.ts';
import { declaredVariables } from '../variables/declared.editor.ts';
import { configName } from '../labels.editor.ts';
import { textOf } from '../text.editor.ts';

/** The messages that a form can be tried with; the first of them is chosen, until somebody chooses. */
export interface Samples {
  /** The last real events, then one that is made up. */
  list(): readonly Sample[];
  chosen(): Sample;
  choose(id: string): void;
  /** Called at once and whenever something else is chosen or has come in. */
  follow(listener: () => void): void;
}

const most = 10;

/** `own`: samples that the form itself knows, to go before all others. */
export function loadSamples(account: string, own: () => readonly Sample[] = () => []): Samples {
  const listeners: (() => void)[] = [];
  const made = madeSample(account);
  let real: readonly Sample[] = [];
  let wanted: string | undefined;
  const list = (): readonly Sample[] => [...own(), ...real, made];
  const tell = (): void => listeners.forEach((listener) => listener());

  void askSamples(account, most).done(({ samples }: SampleList) => {
    if (samples.length === 0) return;
    real = samples;
    tell();
  });
  return {
    list,
    chosen: () => list().find(({ id }) => id === wanted) ?? list()[0] ?? made,
    choose(id) {
      wanted = id;
      tell();
    },
    follow(listener) {
      listeners.push(listener);
      listener();
    },
  };
}

/** The last real events of an account, or for "" of all, as far as the trigger log lets them be seen. */
export function askSamples(account: string, limit: number) {
  return $.getJSON('whatsapp-triggers/log/samples', { account, limit });
}

/** The message of a sample; what the flow did not set has the sample value of its declaration. */
export function messageOf({ msg, event, variables }: Sample): Readonly<Record<string, unknown>> {
  const declared = declaredVariables().flatMap(({ name, sample }) =>
    sample === '' ? [] : [[name, sample] as const],
  );
  return {
    topic: event.name,
    ...msg,
    payload: event,
    variables: { ...Object.fromEntries(declared), ...variables },
  };
}

function madeSample(account: string): Sample {
  const saved = RED.nodes.node(account);
  const key = textOf(saved?.['key']);
  const number = textOf(saved?.['number']);
  const event = madeEvent({
    id: account,
    ...(saved ? { name: configName(account), provider: textOf(saved['provider']) } : {}),
    ...(key === '' ? {} : { key }),
    ...(number === '' ? {} : { number }),
  });
  const { id, at, name: topic } = event;
  const variables = standardVariables(event);
  const label = common('sample.made');
  const msg = { topic, payload: event, variables };
  return { id, at, label, event, variables, msg, masked: [] };
}
