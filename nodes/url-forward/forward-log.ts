import type { Node, NodeAPI } from 'node-red';
import type { TriggerError } from '../../src/errors.ts';
import { isEvent } from '../../src/event/event.ts';
import type { Outcome } from '../../src/forward/exchange.ts';
import type { ForwardRequest } from '../../src/forward/request.ts';
import type { StepDetail } from '../../src/trace/log-types.ts';
import type { NewStep } from '../../src/trace/trace.ts';
import { recorderOf } from '../shared/log/event-logs.ts';
import type { ForwardMessage } from './forward-message.ts';

/** What the trigger log is told of tries beyond how the node's input handler ended. */
export interface ForwardLog {
  /** This request is made for this message. */
  readonly began: (request: ForwardRequest, msg: ForwardMessage) => void;
  /** A first try has failed. */
  readonly tried: (request: ForwardRequest, outcome: Outcome) => void;
  /** A later try has failed, and is followed by another. */
  readonly retrying: (msg: ForwardMessage, error: TriggerError, attempts: number) => void;
  /** A later try has ended the waiting. */
  readonly ended: (msg: ForwardMessage, error?: TriggerError) => void;
}

export function createForwardLog(RED: NodeAPI, node: Node): ForwardLog {
  const from = { id: node.id, type: node.type, name: node.name ?? '' };
  const messages = new WeakMap<ForwardRequest, ForwardMessage>();

  function tell(
    { payload: event, variables }: ForwardMessage,
    step: Pick<NewStep, 'kind' | 'outcome' | 'detail'>,
  ): void {
    if (!isEvent(event)) return;
    recorderOf(RED, event.account.id)?.step(event, { ...step, node: from, variables });
  }
  function tellTry(msg: ForwardMessage, detail: StepDetail): void {
    tell(msg, { kind: 'try', outcome: 'retrying', detail });
  }

  return {
    began(request, msg) {
      messages.set(request, msg);
    },
    tried(request, { answer, error }) {
      const msg = messages.get(request);
      if (!msg || !error) return;
      const status = answer ? { statusCode: answer.statusCode } : {};
      tellTry(msg, { ...status, ...errorIn(error), attempts: 1 });
    },
    retrying(msg, error, attempts) {
      tellTry(msg, { ...errorIn(error), attempts });
    },
    ended(msg, error) {
      const { response } = msg;
      const detail = { ...(response && { response }), ...(error && errorIn(error)) };
      tell(msg, { kind: 'action', outcome: error ? 'failed' : 'done', detail });
    },
  };
}

function errorIn({ code, message }: TriggerError): Pick<StepDetail, 'error'> {
  return { error: { code, message } };
}
