/** What the simulator's page and its server say to each other, below `…/whatsapp-triggers/simulator/`. */
import type { Customer, Happening } from '../provider/simulator/build.ts';

/** `GET accounts`: the simulator accounts that are deployed; no secret among it. */
export interface AccountView {
  readonly id: string;
  readonly name: string;
  readonly number: string;
  /** Who may answer its offers; absent without a queue. */
  readonly agents?: readonly AgentView[];
}

export interface AgentView {
  readonly username: string;
  readonly name: string;
}

/** `POST send`. With `id` and `timestamp` of an earlier answer the very same request goes out again. */
export interface SendRequest {
  readonly account: string;
  readonly customer: Customer;
  readonly happening: Happening;
  readonly id?: string | undefined;
  readonly timestamp?: number | undefined;
  /** Action nodes say what they would do, and do nothing. */
  readonly dryRun?: boolean | undefined;
}

/** `POST act`: what agents do with the interaction of an event that the simulator was told of. */
export interface ActRequest {
  readonly interaction: string;
  readonly act: 'accept' | 'reject' | 'close';
  /** Username; without it the first agent of the queue. */
  readonly agent?: string | undefined;
  readonly reason?: string | undefined;
}

export const actFailures = ['unknown', 'noQueue', 'noOffer', 'noAgent', 'notOpen'] as const;

/** Why an act came to nothing, and the same for people. */
export interface ActFailure extends SendFailure {
  readonly reason: (typeof actFailures)[number];
}

/** What the webhook answered to the simulated provider. */
export interface SendAnswer {
  readonly id: string;
  readonly timestamp: number;
  readonly status: number;
  /** Milliseconds from the request to the whole answer. */
  readonly took: number;
}

/** The answer to a request that never reached the webhook; `error` is for people. */
export interface SendFailure {
  readonly error: string;
}

export type SendOutcome = SendAnswer | SendFailure;
