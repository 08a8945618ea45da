import type { WhatsAppEvent } from '../event/event.ts';
import type { Step, StepDetail, StepKind, StepNode, StepOutcome } from './log-types.ts';

/** A step as those tell it who know of it. */
export interface NewStep {
  readonly kind: StepKind;
  readonly outcome: StepOutcome;
  readonly node?: StepNode;
  readonly detail?: StepDetail;
  /** The message's variables, as they were then. */
  readonly variables?: unknown;
}

/**
 * `whole`: all of it is written down · `apart`: it is only remembered, and written down should it fail ·
 * `known`: only what was written down before is added to.
 */
export type Keeping = 'whole' | 'apart' | 'known';

/** One event on its way, between two writes. */
export interface Trace {
  readonly id: string;
  event: WhatsAppEvent | undefined;
  /** Whether the event came out of the inbox; what only a flow tells of may be anything. */
  isReceived: boolean;
  keeping: Keeping;
  /** Whether it has been written down, or may have been before this process began. */
  isOld: boolean;
  hasLanded: boolean;
  steps: TracedStep[];
}

/** What was told at a time; it still holds what the flow holds, and may change with it. */
export interface ToldStep extends NewStep {
  readonly at: number;
}

/** A step as it may be written down. */
export interface CutStep {
  readonly step: Step;
  /** The variables beyond the standard ones. */
  readonly custom: Readonly<Record<string, string>>;
  /** Whether one of them was left out, or is not what it was. */
  readonly withheld: boolean;
}

export type TracedStep = ToldStep | CutStep;
