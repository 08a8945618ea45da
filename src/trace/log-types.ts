import type { Condition } from '../condition/evaluate.ts';
import type { EventName, WhatsAppEvent } from '../event/event.ts';
import type { LogLack } from './log-settings.ts';
import type { LogOutcome, Why, WhyValue } from './why.ts';

export interface EventSummary {
  /** The event's id; a request that became no event has one of its own, beginning with `request-`. */
  readonly id: string;
  /** When it was received; ISO 8601, UTC. */
  readonly at: string;
  /** `request` for one that became no event. */
  readonly name: EventName | 'request';
  /** Empty texts where nobody knows. */
  readonly account: { readonly id: string; readonly name: string };
  /** The contact's name, else phone or user id; masked as the settings say. */
  readonly contact: string;
  /** The last four digits. */
  readonly phoneTail?: string;
  readonly interactionId: string;
  /** The message's text, shortened; "" without one. */
  readonly text: string;
  readonly outcome: LogOutcome;
  readonly why: Why;
}

export interface StepNode {
  readonly id: string;
  readonly type: string;
  readonly name: string;
}

export interface StepError {
  readonly code: string;
  readonly message: string;
}

/** A row of a decision, as in `msg.trigger.conditions`. */
export type StepRow = Condition;

export type StepKind =
  | 'received'
  | 'taken'
  | 'decision'
  | 'action'
  | 'try'
  | 'receipt'
  | 'send'
  | 'refused'
  | 'quarantined'
  | 'resent';

/**
 * By kind:
 * received: `received` `redelivered` · taken: `taken` `letGo` `notTaken` · decision: `met` `notMet` `off` ·
 * action, send: `done` `failed` `waiting` `undelivered` `stubbed` · try: `done` `failed` `retrying` ·
 * receipt: `shown` `opened` `dismissed` `blocked` `expired` `withdrawn` · refused · quarantined · resent.
 */
export type StepOutcome =
  | 'received'
  | 'redelivered'
  | 'taken'
  | 'letGo'
  | 'notTaken'
  | 'met'
  | 'notMet'
  | 'off'
  | 'done'
  | 'failed'
  | 'waiting'
  | 'undelivered'
  | 'stubbed'
  | 'retrying'
  | 'shown'
  | 'opened'
  | 'dismissed'
  | 'blocked'
  | 'expired'
  | 'withdrawn'
  | 'refused'
  | 'quarantined'
  | 'resent';

/** What there is to tell beside the outcome; long texts are cut. Every part may be missing. */
export interface StepDetail {
  /** decision */
  readonly sentence?: string;
  readonly met?: boolean;
  readonly conditions?: readonly StepRow[];
  /** action, send: what it added to `msg`. */
  readonly response?: unknown;
  readonly receipt?: unknown;
  readonly script?: unknown;
  readonly sent?: unknown;
  readonly stubbed?: unknown;
  /** How long it took, in milliseconds. */
  readonly duration?: number;
  /** action, send, try */
  readonly error?: StepError;
  /** try */
  readonly statusCode?: number;
  readonly attempts?: number;
  /** receipt */
  readonly agent?: string;
  readonly pageId?: string;
  /** The `id` of the action's receipt that it belongs to. */
  readonly receiptId?: string;
  /** refused, quarantined, notTaken: a key of `whyKeys`, and its values. */
  readonly reason?: string;
  readonly path?: string;
  readonly values?: Readonly<Record<string, WhyValue>>;
}

export interface Step {
  readonly at: string;
  readonly kind: StepKind;
  readonly node?: StepNode;
  readonly outcome: StepOutcome;
  readonly detail: StepDetail;
}

/** GET log/events */
export interface EventPage {
  readonly events: readonly EventSummary[];
  /** To be handed back as `before`: there may be more. */
  readonly next?: string;
  /** Whether, among what was looked at, something is missing because more came than is kept. */
  readonly sampled: boolean;
}

/** GET log/events/<id> */
export interface EventTrace {
  readonly summary: EventSummary;
  /** Masked as the settings say; null for a request that became no event. */
  readonly event: WhatsAppEvent | null;
  readonly steps: readonly Step[];
  /**
   * What was not written down. An event that lacks something cannot be sent again; one that lacks only
   * `msg` can be sent through the whole flow, which sets it anew, and one that lacks `raw` where no
   * whatsapp-in node passes that on.
   */
  readonly masked: readonly LogLack[];
}

/** POST log/events/<id>/resend */
export interface ResendRequest {
  /** The id of one action node; without it, every whatsapp-in node that wants the event gets it. */
  readonly node?: string;
}

/** 200; else `LogRefusal`. */
export interface ResendAnswer {
  /** The nodes that were given it. */
  readonly nodes: readonly StepNode[];
}

/** The body of every answer other than 200: 400 (wrong request), 404 (not kept), 409 (cannot be done now). */
export interface LogRefusal {
  readonly error: string;
  /** A key of the sidebar's catalogue, below `refusal`. */
  readonly reason: 'unknown' | 'notAnEvent' | 'masked' | 'nodeGone' | 'nobodyWants' | 'badRequest';
}

/** GET log/events/<id>/case: scrubbed, to be kept in a repository. */
export interface TestCase {
  readonly name: string;
  readonly event: WhatsAppEvent;
  readonly variables: Readonly<Record<string, string>>;
  readonly decisions: readonly {
    readonly trigger: string;
    readonly name: string;
    readonly sentence: string;
    readonly met: boolean;
  }[];
}

/** GET log/samples */
export interface Sample {
  readonly id: string;
  readonly at: string;
  /** For a list to choose from, such as `message.incoming · Anna · "urgent, please"`. */
  readonly label: string;
  readonly event: WhatsAppEvent;
  /** Standard ones, and what the flow had set when a trigger or an action saw it; never sensitive ones. */
  readonly variables: Readonly<Record<string, string>>;
  /** What templates and rows with `msg` may look at: topic, payload, variables. */
  readonly msg: Readonly<Record<string, unknown>>;
  /** What of it was not written down. */
  readonly masked: readonly LogLack[];
}

export interface SampleList {
  readonly samples: readonly Sample[];
}

/** A trigger-condition's lists, as its form saves them. */
export interface RuleConfig {
  readonly all?: unknown;
  readonly any?: unknown;
}

/** POST log/backtest */
export interface BacktestRequest {
  readonly before: RuleConfig;
  readonly after: RuleConfig;
  /** A whatsapp-account's id; "" or missing = every account. */
  readonly account?: string;
  /** A trigger-variables node's id: its defaults apply. */
  readonly variables?: string;
}

export interface BacktestAnswer {
  /** The events that were looked at. */
  readonly total: number;
  /** How many of them `after` would have met. */
  readonly met: number;
  /** Of how many it cannot be said, before or after: the log does not keep what a row looks at. */
  readonly unknown: number;
  /** The newest first, and not more than 500; `gained` and `lost` are how many there are. */
  readonly newlyMet: readonly EventSummary[];
  readonly newlyNot: readonly EventSummary[];
  readonly gained: number;
  readonly lost: number;
  /** When the oldest of them came; "" without any. */
  readonly since: string;
}
