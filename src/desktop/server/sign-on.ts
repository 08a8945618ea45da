import * as v from 'valibot';
import {
  type Access,
  type Grounds,
  headerGrounds,
  type SignOn as SignOnRule,
  tokenGrounds,
} from './access.ts';
import type { DesktopAgent } from './desktop.ts';
import { namesOf } from './door.ts';
import { HttpFault } from './http-fault.ts';
import type { Visit } from './reach.ts';
import { readToken, type TokenRefusal } from './token.ts';

export interface Admission {
  readonly agent: DesktopAgent;
  readonly grounds: Grounds;
}

/** A token that is refused; the reason is for the log: whoever forges tokens need not learn from it. */
export class TokenRefused extends HttpFault {
  /** Whom it names, when it is signed as it should be. */
  readonly subject: string | undefined;

  constructor(subject: string | undefined) {
    super(401, 'The sign-on was refused.');
    this.subject = subject;
  }
}

/**
 * Who comes in without a password: with a token, or named by the trusted proxy. Undefined = nobody, and
 * nothing was claimed. Throws TokenRefused, or another HttpFault while tokens are not looked at.
 */
export type SignOn = (visit: Visit, token: string | undefined) => Admission | undefined;

type Options = Pick<Access, 'signOn' | 'limiter' | 'spent' | 'report' | 'clock'> & {
  readonly agents: readonly DesktopAgent[];
  readonly now: () => number;
};

const bodySchema = v.strictObject({ token: v.optional(v.pipe(v.string(), v.maxLength(8192))) });

/** The token that a sign-on brings along, if any. */
export function tokenIn(body: unknown): string | undefined {
  const given = v.safeParse(bodySchema, body);
  if (!given.success) throw new HttpFault(400, 'A token, or nothing, is expected.');
  return given.output.token;
}

export function createSignOn(options: Options): SignOn {
  const { agents, signOn } = options;
  return (visit, token) => {
    if (token !== undefined) return admitToken(options, visit, token);
    if (signOn.kind !== 'header') return undefined;
    const names = namesOf(visit, signOn);
    const agent = agents.find(({ username }) => names.includes(username));
    if (agent) return { agent, grounds: headerGrounds(agent, signOn.header) };
    const { address } = visit;
    if (names.length > 0) options.report({ what: 'refused', way: 'header', address });
    return undefined;
  };
}

function admitToken(options: Options, { address }: Visit, token: string): Admission {
  const { limiter, clock } = options;
  const wait = limiter.attempt(undefined, address, clock());
  if (wait > 0) {
    options.report({ what: 'blocked', way: 'token', address });
    throw new HttpFault(429, 'Too many tries: wait a little.', { 'Retry-After': String(wait) });
  }
  const admission = judge(options, options.signOn, token);
  if ('reason' in admission) {
    const { reason, subject } = admission;
    options.report({ what: 'refused', way: 'token', address, reason });
    throw new TokenRefused(subject);
  }
  limiter.succeeded(undefined, address);
  return admission;
}

function judge(options: Options, rule: SignOnRule, token: string): Admission | TokenRefusal {
  if (rule.kind !== 'jwt') return { reason: 'this agent desktop takes no tokens' };
  const now = options.now();
  const facts = readToken(token, rule, now);
  if ('reason' in facts) return facts;
  const { subject } = facts;
  const agent = options.agents.find(({ username }) => username === subject);
  if (!agent) return { reason: '"sub" is the user name of no agent', subject };
  if (!options.spent.spend(facts.id, facts.until, now)) {
    return { reason: 'it was used before', subject };
  }
  return { agent, grounds: tokenGrounds(agent, facts.key) };
}
