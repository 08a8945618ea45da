import type { NodeAPI } from 'node-red';
import { createBacktest } from '../../../src/condition/backtest.ts';
import { compilePattern } from '../../../src/condition/pattern.ts';
import { describeProblem } from '../../../src/condition/problem.ts';
import { readRule } from '../../../src/condition/rule.ts';
import { HttpFault } from '../../../src/desktop/server/http-fault.ts';
import { createSlots } from '../../../src/script/slots.ts';
import type {
  BacktestAnswer,
  BacktestRequest,
  EventPage,
  EventSummary,
  RuleConfig,
  SampleList,
} from '../../../src/trace/log-types.ts';
import type { LogRecord, LogQuery, Position } from '../../../src/trace/log-store/record.ts';
import { writePosition } from '../../../src/trace/query.ts';
import { factsOfSample, isKept } from '../../../src/trace/sample-facts.ts';
import { sampleOf } from '../../../src/trace/sample.ts';
import { declaredVariables, sensitiveNames } from '../variables/declared.ts';
import { openLogs } from './event-logs.ts';

/** Events that a changed rule is run over, and of these the ones that are told one by one. */
const mostTested = 20_000;
const mostTold = 500;
/** Of a rule; nobody writes as many, and each of them is asked of every event. */
const mostRows = 100;
/** A test keeps the process busy for as long as it lasts. */
const places = createSlots(1);
const mostWaiting = 10;

/** A page of events of all logs, the newest first. */
export async function findEvents(RED: NodeAPI, query: LogQuery): Promise<EventPage> {
  const logs = await openLogs(RED);
  const found = await Promise.all(logs.map(({ store }) => store.find(query)));
  // What one log has not looked at yet may go before what another has found.
  const lookedTo = Math.max(0, ...found.map(({ next }) => next?.at ?? 0));
  const events = found
    .flatMap((one) => one.events)
    .filter(({ at }) => Date.parse(at) >= lookedTo)
    .toSorted(newestFirst)
    .slice(0, query.limit);
  const next = nextOf(
    events,
    query,
    found.flatMap((one) => one.next ?? []),
  );
  const before = query.before?.at ?? Date.now();
  const since = Math.max(query.since ?? 0, next?.at ?? 0);
  return {
    events,
    ...(next ? { next: writePosition(next) } : {}),
    sampled: logs.some(({ store }) => store.isSampled(since, before)),
  };
}

function nextOf(
  events: readonly EventSummary[],
  { limit }: LogQuery,
  places: readonly Position[],
): Position | undefined {
  const last = events.at(-1);
  if (last && events.length === limit) return { at: Date.parse(last.at), id: last.id };
  return places.toSorted((a, b) => b.at - a.at || compare(b.id, a.id))[0];
}

/** An event's entry in whichever log has it. */
export async function entryOf(RED: NodeAPI, id: string): Promise<LogRecord | undefined> {
  for (const { store } of await openLogs(RED)) {
    const entry = store.get(id);
    if (entry) return entry;
  }
  return undefined;
}

/** The last events that became one, as forms show them. */
export async function samples(RED: NodeAPI, account: string, limit: number): Promise<SampleList> {
  const found = (
    await Promise.all(
      (await openLogs(RED)).map(async ({ store }) => {
        const own: LogRecord[] = [];
        await store.each(account === '' ? {} : { account }, mostTested, (entry) => {
          if (entry.event) own.push(entry);
          return own.length < limit;
        });
        return own;
      }),
    )
  ).flat();
  const newest = found.toSorted((a, b) => newestFirst(a.summary, b.summary)).slice(0, limit);
  return { samples: newest.flatMap((entry) => sampleOf(entry) ?? []) };
}

/** Runs a changed rule over what happened, beside the one before; one at a time, until nobody asks any more. */
export async function backtest(
  RED: NodeAPI,
  request: BacktestRequest,
  signal: AbortSignal,
): Promise<BacktestAnswer> {
  if ([request.before, request.after].some((rule) => rowsOf(rule) > mostRows)) {
    throw new HttpFault(400, `A rule of more than ${mostRows} rows is not tested.`);
  }
  if (places.waiting >= mostWaiting) {
    throw new HttpFault(503, 'Other rules are being tested. Try again in a moment.');
  }
  const leave = await places.take(signal);
  try {
    return await runOver(RED, request, signal);
  } finally {
    leave?.();
  }
}

function rowsOf(rule: RuleConfig): number {
  const { all, any } = readRule(rule);
  return all.length + any.length;
}

async function runOver(
  RED: NodeAPI,
  request: BacktestRequest,
  signal: AbortSignal,
): Promise<BacktestAnswer> {
  signal.throwIfAborted();
  const { before, after, account = '', variables = '' } = request;
  const created = createBacktest<EventSummary>(before, after, compilePattern);
  if (!created.ok) throw new HttpFault(400, created.problems.map(describeProblem).join('; '));
  const declared = declaredVariables(RED, variables) ?? [];
  const sensitive = sensitiveNames(RED);
  let since = '';
  for (const { store } of await openLogs(RED)) {
    await store.each(account === '' ? {} : { account }, mostTested, (entry) => {
      if (signal.aborted) return false;
      const sample = sampleOf(entry);
      // What no whatsapp-in takes comes to no trigger.
      if (!sample || entry.summary.outcome === 'notTaken') return true;
      created.backtest.add(factsOfSample(sample, declared), entry.summary, (row, finding) =>
        isKept(row, finding, sample, sensitive),
      );
      if (since === '' || sample.at < since) since = sample.at;
      return true;
    });
    signal.throwIfAborted();
  }
  const { total, met, unknown, newlyMet, newlyNot } = created.backtest.result();
  const told = (events: readonly EventSummary[]) => events.toSorted(newestFirst).slice(0, mostTold);
  return {
    total,
    met,
    unknown,
    newlyMet: told(newlyMet),
    newlyNot: told(newlyNot),
    gained: newlyMet.length,
    lost: newlyNot.length,
    since,
  };
}

function newestFirst(a: EventSummary, b: EventSummary): number {
  return compare(b.at, a.at) || compare(b.id, a.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
