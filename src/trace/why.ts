/** What became of an event, or of a request that became none, in one word. */
export const logOutcomes = [
  /** Every action that ran for it did what it should. */
  'acted',
  /** An action failed for good. */
  'failed',
  /** No trigger was met: a row was false. */
  'notMet',
  /** Only triggers that are switched off were asked. */
  'off',
  /** A popup waits for its agent, or a request for its next try. */
  'waiting',
  /** A popup reached nobody. */
  'undelivered',
  /** No whatsapp-in node took it. */
  'notTaken',
  /** Actions told what they would have done. */
  'stubbed',
  /** A whatsapp-in node took it and no action of ours has run for it, though a trigger may be met. */
  'taken',
  /** A request that was not accepted: nothing of it is kept. */
  'refused',
  /** A request that could not be read, or an event that was set aside. */
  'quarantined',
] as const;

export type LogOutcome = (typeof logOutcomes)[number];

/** The answer to "why did nothing happen": a key of the sidebar's catalogue, below `why`. */
export const whyKeys = [
  /**
   * {node, type, count}: the last action that ran, and how many did. Wherever `node` or `trigger` is
   * the name of a node, `nodeId` is there too.
   */
  'acted',
  /** {node, type, code, message} */
  'failed',
  /** {trigger, sentence, list, row, field, name?, path?, operator, value, actual}: the first row that was false; `actual` is null when absent. */
  'rowFalse',
  /** {trigger, sentence, rows}: none of the rows of `any` was met; with the values of `rowFalse` for the first of them. */
  'noneOfAny',
  /** {trigger} */
  'triggerOff',
  /** {node, agents, reason}: a page waits for its agent. */
  'waitingPage',
  /** {node, code, message}: a request waits for its next try. */
  'waitingTry',
  /** {node, reason}: a page reached nobody; reason as `msg.receipt.reason`, or `expired`, `withdrawn`, `blocked`. */
  'undelivered',
  /** {name, account}: whatsapp-in nodes are there, but none of them wants this account and event. */
  'notTaken',
  /** {}: there is no whatsapp-in node at all. */
  'noInlet',
  /** {node, type, count} */
  'stubbed',
  /** {trigger}: a trigger is met; what the flow did then was done by nodes that are not ours. */
  'met',
  /** {node}: taken by this whatsapp-in; no trigger has decided about it. */
  'taken',
  /** {node}: a node kept it too long, it counts as finished. */
  'letGo',
  /** {path}: the signature is missing or wrong. */
  'badSignature',
  /** {path}: the handshake's token is wrong. */
  'badToken',
  /** {number}: no account has this number. */
  'unknownNumber',
  /** {reason}: method, type, encoding, size, slow, body read, full. */
  'requestRefused',
  /** {code}: the store could not keep it; the provider comes again. */
  'storeFailed',
  /** {reason}: signed, but nobody could read it. */
  'unreadable',
  /** {events}: it was under way each time that the process died. */
  'setAside',
] as const;

export type WhyKey = (typeof whyKeys)[number];
export type WhyValue = string | number | boolean | null;

export interface Why {
  readonly key: WhyKey;
  readonly values: Readonly<Record<string, WhyValue>>;
}
