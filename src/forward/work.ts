import type { TriggerError } from '../errors.ts';
import type { ForwardCounts, ForwardStore, KeptForward } from '../store/forwards.ts';
import type { Answer } from './answer.ts';
import type { Outcome } from './exchange.ts';
import type { ForwardRequest } from './request.ts';
import type { Schedule } from './schedule.ts';
import type { Traffic } from './traffic.ts';

/** What a url-forward node is for its queue. */
export interface ForwardWork {
  readonly node: string;
  /** The origin that the node calls. */
  readonly target: string;
  readonly schedule: Schedule;
  readonly traffic: Traffic;
  /** One try with the secrets, the time-out and the allowed hosts of now. */
  readonly attempt: (request: ForwardRequest, signal: AbortSignal) => Promise<Outcome>;
  /** Makes the request of a kept message anew, as the node would now. */
  readonly rebuild: (message: string) => Promise<ForwardRequest>;
  /** The target has taken it (with `answer`, just now): resolves when the message has been sent. */
  readonly passOn: (forward: KeptForward, store: ForwardStore, answer?: Answer) => Promise<void>;
  /** Whether the message of a forward is on its way through the flow already. */
  readonly isPassing: (id: string) => boolean;
  /** A try has failed: for good, or to be followed by another; a later one with its forward. */
  readonly tried: (error: TriggerError, isFinal: boolean, forward?: KeptForward) => void;
  /** A later try has failed for good. */
  readonly failed: (forward: KeptForward, error: TriggerError, answer?: Answer) => void;
  readonly changed: (counts: ForwardCounts) => void;
  readonly problem: (error: Error) => void;
}
