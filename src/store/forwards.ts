/** The part of a store's contract that keeps what url-forward has still to send, or could not send. */
export interface ForwardStore {
  /**
   * Keeps a forward. One that waits already stays as it is (the answer is false); a dead letter of the
   * same id begins anew.
   */
  keepForward(forward: KeptForward): Promise<boolean>;
  forward(id: string): Promise<KeptForward | undefined>;
  /** What a node has still to do, in the order in which it was kept, after `seq`. */
  forwardsPending(node: string, after: number, limit: number): Promise<readonly PendingForward[]>;
  /** False when the forward is not there any more. */
  changeForward(id: string, change: ForwardChange): Promise<boolean>;
  /** Makes dead letters wait again, to be built anew and tried at once; waiting ones come at once too. */
  resendForwards(choice: ForwardChoice, now: number): Promise<readonly PendingForward[]>;
  removeForwards(choice: ForwardChoice): Promise<void>;
  /** What a node has still to do becomes dead letters: the node was removed. */
  cancelForwards(node: string, reason: string): Promise<void>;
  /** What waits and what is dead, the newest first; without a node of all nodes. */
  forwards(node: string | undefined, limit: number): Promise<readonly ForwardSummary[]>;
  countForwards(node: string | undefined): Promise<ForwardCounts>;
}

/** `answered`: the target has taken it, and its message is on the way through the flow. */
export type ForwardState = 'waiting' | 'answered' | 'dead';

export interface KeptForward {
  /** The key that the target sees on every try. */
  readonly id: string;
  readonly node: string;
  /** The origin of the URL. */
  readonly target: string;
  /** Whose forwards keep their order: account and contact; '' = nobody's. */
  readonly lane: string;
  /** The request as JSON; undefined = to be built anew from the message. */
  readonly request: string | undefined;
  /** The message that goes on once the target has taken it, as JSON. */
  readonly message: string;
  readonly state: ForwardState;
  readonly attempts: number;
  readonly nextAt: number;
  readonly createdAt: number;
  /** Why the last try failed. */
  readonly code: string | undefined;
  readonly reason: string | undefined;
  readonly status: number | undefined;
}

export type ForwardChange = Partial<
  Pick<KeptForward, 'message' | 'state' | 'attempts' | 'nextAt' | 'code' | 'reason' | 'status'>
>;

export interface PendingForward {
  readonly seq: number;
  readonly id: string;
  readonly lane: string;
  readonly state: 'waiting' | 'answered';
  readonly attempts: number;
  readonly nextAt: number;
  readonly createdAt: number;
}

/** Either some by their ids, or all dead letters of a node; both: those of the node. */
export interface ForwardChoice {
  readonly node?: string;
  readonly ids?: readonly string[];
}

export type ForwardSummary = Omit<KeptForward, 'request' | 'message' | 'lane'>;

export interface ForwardCounts {
  readonly waiting: number;
  readonly dead: number;
}
