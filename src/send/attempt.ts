import type { Person } from '../provider/provider.ts';
import type {
  ApiRequest,
  Outgoing,
  Refused,
  Sender,
  SendingAccount,
  SendResult,
} from '../provider/sender.ts';
import type { Call } from './api-client.ts';
import { askedWait } from './retry.ts';
import { forgetToken, tokenFor } from './token.ts';

/** What one try has brought. */
export type Verdict =
  | {
      readonly kind: 'sent';
      readonly messageId: string;
      readonly status: string;
      readonly reached?: Person;
    }
  | { readonly kind: 'unknown'; readonly text: string }
  | NotTaken;

/** The provider does not have the message. */
export interface NotTaken {
  readonly kind: 'failed';
  readonly code: string;
  readonly text: string;
  /** Whether the same may be taken later: `account`, when all that is sent through it has to wait. */
  readonly again?: 'account' | 'contact';
  /** Milliseconds that the provider asks for. */
  readonly wait: number;
  /** Nothing can be sent until somebody mends the account. */
  readonly isAccount: boolean;
  /** The provider was not even asked: no way led to it. */
  readonly isUnreached?: boolean;
}

export interface AttemptContext {
  readonly account: SendingAccount;
  readonly sender: Sender;
  readonly call: Call;
  readonly signal: AbortSignal;
}

/** Gives a message to the provider, once. Never rejects. */
export async function attempt(outgoing: Outgoing, context: AttemptContext): Promise<Verdict> {
  const { account, sender, call, signal } = context;
  let isUnreached = false;
  const ask = async (request: ApiRequest) => {
    const outcome = await call(request, { apiUrl: account.apiUrl, signal });
    isUnreached = outcome.kind === 'unreached' && !signal.aborted;
    return outcome;
  };
  const grant = await tokenFor(account, sender, ask);
  if ('remedy' in grant) return { ...notTaken(grant, 0), isUnreached };
  const request = sender.build(outgoing, account, grant.token);
  if ('remedy' in request) return notTaken(request, 0);
  const outcome = await ask(request);
  switch (outcome.kind) {
    case 'broken':
      return { kind: 'unknown', text: outcome.text };
    case 'unreached':
      return { ...notTaken({ remedy: 'retry', code: '', text: outcome.text }, 0), isUnreached };
    case 'impossible':
      return notTaken({ remedy: 'fault', code: '', text: outcome.text }, 0);
    case 'answer':
      break;
  }
  const result = sender.read(outcome.answer);
  if (grant.isOld && outcome.answer.status === 401 && 'remedy' in result) {
    forgetToken(account);
    return attempt(outgoing, context);
  }
  return verdictOf(result, askedWait(outcome.answer, Date.now()));
}

function verdictOf(result: SendResult, wait: number): Verdict {
  if ('remedy' in result) return notTaken(result, wait);
  if ('unknown' in result) return { kind: 'unknown', text: result.unknown };
  const { id: messageId, ...taken } = result;
  return { kind: 'sent', messageId, ...taken };
}

function notTaken({ remedy, code, text }: Refused, wait: number): NotTaken {
  const end = { kind: 'failed', code, text, wait, isAccount: remedy === 'account' } as const;
  if (remedy === 'retry') return { ...end, again: 'account' };
  return remedy === 'contact' ? { ...end, again: 'contact' } : end;
}
