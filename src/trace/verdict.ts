import type { Step, StepNode, StepRow } from './log-types.ts';
import type { LogOutcome, Why, WhyKey, WhyValue } from './why.ts';

/** What became of an event, and why. */
export interface Verdict {
  readonly outcome: LogOutcome;
  readonly why: Why;
}

type Values = Readonly<Record<string, WhyValue>>;

/** Judges by what each node did last; what somebody would have to look after goes first. */
export function judge(steps: readonly Step[]): Verdict {
  const request = steps.findLast(({ kind }) => kind === 'refused' || kind === 'quarantined');
  if (request) return ofRequest(request);
  return ofActions(lastActions(steps)) ?? ofDecisions(steps) ?? ofTaking(steps);
}

/** A request's reason is a `WhyKey` already. */
function ofRequest({ kind, detail }: Step): Verdict {
  const { reason = 'unreadable', path, values = {} } = detail;
  return {
    outcome: kind === 'refused' ? 'refused' : 'quarantined',
    why: { key: reason as WhyKey, values: { ...(path === undefined ? {} : { path }), ...values } },
  };
}

interface Action {
  readonly node: StepNode;
  /** What it did last. */
  readonly step: Step;
  readonly outcome: Step['outcome'];
  /** Why a page that waited was shown to nobody. */
  readonly ended?: string;
  /** Its last try, where it waits for the next. */
  readonly tried?: Step;
}

/** By node, in the order in which each was first asked. */
function lastActions(steps: readonly Step[]): readonly Action[] {
  const actions = new Map<string, Action>();
  for (const step of steps) {
    const { kind, node, outcome } = step;
    if (!node) continue;
    if (kind === 'action' || kind === 'send') {
      const tried = actions.get(node.id)?.tried;
      const action = { node, step, outcome, ...(tried ? { tried } : {}) };
      actions.set(node.id, { ...action, ...afterReceipts(action, steps) });
    } else if (kind === 'try') {
      const known = actions.get(node.id) ?? { node, step, outcome: 'waiting' };
      actions.set(node.id, { ...known, tried: step });
    }
  }
  return [...actions.values()];
}

/** Seen by one agent is seen: from the others the page is withdrawn. */
function afterReceipts(
  { node, step, outcome }: Action,
  steps: readonly Step[],
): Pick<Action, 'outcome' | 'ended'> {
  const id = textAt(step.detail.receipt, 'id');
  const told = steps.flatMap((one) =>
    one.kind === 'receipt' && one.node?.id === node.id && one.detail.receiptId === id
      ? [one.outcome]
      : [],
  );
  if (told.some((one) => seen.has(one))) return { outcome: 'done' };
  const ended = told.findLast((one) => one === 'expired' || one === 'withdrawn');
  return ended && outcome === 'waiting' ? { outcome: 'undelivered', ended } : { outcome };
}

const seen: ReadonlySet<Step['outcome']> = new Set(['shown', 'opened', 'dismissed']);

function ofActions(actions: readonly Action[]): Verdict | undefined {
  const last = actions.at(-1);
  if (!last) return undefined;
  const first = (outcome: Step['outcome']): Action | undefined =>
    actions.find((action) => action.outcome === outcome);
  const failed = first('failed');
  if (failed) return { outcome: 'failed', why: why('failed', failed.node, faultOf(failed.step)) };
  const undelivered = first('undelivered');
  if (undelivered) {
    const { node, step, ended } = undelivered;
    const reason = ended ?? textAt(step.detail.receipt, 'reason');
    return { outcome: 'undelivered', why: why('undelivered', node, { reason }) };
  }
  const waiting = first('waiting');
  if (waiting) return { outcome: 'waiting', why: whyWaiting(waiting) };
  const stubbed = actions.filter(({ outcome }) => outcome === 'stubbed');
  const key = stubbed.length > 0 ? 'stubbed' : 'acted';
  const { node } = stubbed.at(-1) ?? last;
  const count = stubbed.length || actions.length;
  return { outcome: key, why: why(key, node, { count }) };
}

function whyWaiting({ node, step, tried }: Action): Why {
  const { receipt } = step.detail;
  if (!receipt) return why('waitingTry', node, tried ? faultOf(tried) : {});
  const { agents } = receipt as { agents?: unknown };
  const names = Array.isArray(agents) ? agents.join(', ') : '';
  return why('waitingPage', node, { agents: names, reason: textAt(receipt, 'reason') });
}

function faultOf({ detail: { error } }: Step): Values {
  return error ? { code: error.code, message: error.message } : {};
}

/** One trigger after the other: the last that was not met is why nothing more happened. */
function ofDecisions(steps: readonly Step[]): Verdict | undefined {
  const decisions = steps.filter(({ kind, node }) => kind === 'decision' && node);
  const found = (outcome: Step['outcome']): Step | undefined =>
    decisions.findLast((step) => step.outcome === outcome);
  const failed = found('failed');
  if (failed) return { outcome: 'failed', why: why('failed', failed.node!, faultOf(failed)) };
  const notMet = found('notMet');
  if (notMet) return { outcome: 'notMet', why: whyNotMet(notMet) };
  const met = found('met');
  if (met) return { outcome: 'taken', why: ofTrigger('met', met, {}) };
  const off = found('off');
  return off && { outcome: 'off', why: ofTrigger('triggerOff', off, {}) };
}

function whyNotMet(step: Step): Why {
  const { conditions = [] } = step.detail;
  const all = conditions.filter(({ list }) => list === 'all');
  const any = conditions.filter(({ list }) => list === 'any');
  const row = all.findIndex(({ met }) => !met);
  const [first] = any;
  if (row >= 0) return ofTrigger('rowFalse', step, rowValues(all[row]!, row));
  if (!first) return ofTrigger('rowFalse', step, {});
  return ofTrigger('noneOfAny', step, { ...rowValues(first, 0), rows: any.length });
}

function rowValues(row: StepRow, index: number): Values {
  const { list, field, name, path, operator, value, actual } = row;
  return {
    list,
    row: index,
    field,
    ...(name === undefined ? {} : { name }),
    ...(path === undefined ? {} : { path }),
    operator,
    value: typeof value === 'object' ? JSON.stringify(value) : (value as WhyValue),
    actual,
  };
}

function ofTaking(steps: readonly Step[]): Verdict {
  const last = steps.findLast(({ kind }) => kind === 'taken');
  if (!last) return { outcome: 'taken', why: { key: 'taken', values: {} } };
  if (last.outcome === 'notTaken') {
    const { reason, values = {} } = last.detail;
    return { outcome: 'notTaken', why: { key: reason as WhyKey, values } };
  }
  const key = last.outcome === 'letGo' ? 'letGo' : 'taken';
  return { outcome: 'taken', why: last.node ? why(key, last.node, {}) : { key, values: {} } };
}

function ofTrigger(key: WhyKey, { node, detail }: Step, values: Values): Why {
  const { id, name, type } = node!;
  const { sentence = '' } = detail;
  return { key, values: { trigger: name || type, nodeId: id, sentence, ...values } };
}

function why(key: WhyKey, { id, type, name }: StepNode, values: Values): Why {
  return { key, values: { node: name || type, nodeId: id, type, ...values } };
}

function textAt(holder: unknown, name: string): string {
  const value = (holder as Record<string, unknown> | undefined)?.[name];
  return typeof value === 'string' ? value : '';
}
