import type { WhatsAppEvent } from '../event/event.ts';
import { cutStep } from './compose.ts';
import type { MaskOptions } from './mask.ts';
import type { Sampling } from './sampling.ts';
import type { NewStep, Trace } from './trace.ts';

export interface TraceOptions {
  readonly isKept: Sampling;
  readonly masking: () => MaskOptions;
  /** Told that something is to be written down. */
  readonly changed: () => void;
  /** Told that an event is not kept whole. */
  readonly skipped: () => void;
}

/** What is to be written of a trace, with the steps since the last time. */
export type Chapter = Readonly<Trace>;

/** The events that are on their way through the flow, or were a moment ago. */
export interface OpenTraces {
  /** Those of an event that goes into the flow, or comes back to it. */
  begin(event: WhatsAppEvent): Trace;
  /** Those of an event that is known; without any, what comes now is added to what was written before. */
  of(id: string, event?: WhatsAppEvent): Trace;
  note(trace: Trace, step: NewStep): void;
  land(id: string): void;
  /** Takes what there is to write. */
  takeChanged(): readonly Chapter[];
  clear(): void;
}

/** Of these only the newest are remembered; more than the flow has at a time. */
const mostOpen = 2_000;
/** An event that goes round in a flow. */
const mostSteps = 200;

export function createOpenTraces(options: TraceOptions): OpenTraces {
  const { isKept, masking } = options;
  const open = new Map<string, Trace>();
  const changed = new Set<Trace>();

  function remember(trace: Trace): Trace {
    open.set(trace.id, trace);
    const [oldest] = open.size > mostOpen ? open.keys() : [];
    if (oldest !== undefined) open.delete(oldest);
    return trace;
  }
  function keepWhole(trace: Trace): void {
    trace.keeping = trace.event ? 'whole' : 'known';
    trace.steps = trace.steps.map((step) => cutStep(step, trace.event, masking()));
  }

  return {
    begin(event) {
      const { id, redelivered: isOld } = event;
      const known = open.get(id);
      if (known?.isReceived) return known;
      if (known?.event) return Object.assign(known, { event, isReceived: true });
      const keeping = isKept(performance.now()) ? 'whole' : 'apart';
      if (keeping === 'apart') options.skipped();
      return remember({
        id,
        event,
        isReceived: true,
        keeping,
        isOld,
        hasLanded: false,
        steps: [],
      });
    },
    // Nobody will say that it has landed: it is forgotten when it is written.
    of: (id, event) =>
      open.get(id) ??
      remember({
        id,
        event,
        isReceived: false,
        keeping: 'known',
        isOld: true,
        hasLanded: true,
        steps: [],
      }),
    note(trace, step) {
      if (trace.steps.length >= mostSteps) return;
      if (trace.keeping !== 'whole' && step.outcome === 'failed') keepWhole(trace);
      const told = { ...step, at: Date.now() };
      if (trace.keeping === 'apart') return void trace.steps.push(told);
      trace.steps.push(cutStep(told, trace.event, masking()));
      changed.add(trace);
      options.changed();
    },
    land(id) {
      const trace = open.get(id);
      if (!trace) return;
      trace.hasLanded = true;
      if (!changed.has(trace)) open.delete(id);
    },
    takeChanged() {
      const chapters = [...changed].map((trace) => ({ ...trace, steps: trace.steps.splice(0) }));
      for (const trace of changed) {
        trace.isOld = true;
        if (trace.hasLanded && open.get(trace.id) === trace) open.delete(trace.id);
      }
      changed.clear();
      return chapters;
    },
    clear() {
      open.clear();
      changed.clear();
    },
  };
}
