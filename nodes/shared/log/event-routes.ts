import type { Request, RequestHandler, Response } from 'express';
import type { NodeAPI } from 'node-red';
import * as v from 'valibot';
import { HttpFault } from '../../../src/desktop/server/http-fault.ts';
import { readJson } from '../../../src/desktop/server/read-json.ts';
import type { LogRecord } from '../../../src/trace/log-store/record.ts';
import type { EventTrace, LogRefusal } from '../../../src/trace/log-types.ts';
import { readLimit, readQuery } from '../../../src/trace/query.ts';
import { testCaseOf } from '../../../src/trace/test-case.ts';
import { backtest, entryOf, findEvents, samples } from './read.ts';
import { resend, ResendFault } from './resend.ts';

const root = '/whatsapp-triggers/log';
const mostBytes = 256 * 1024;

const rule = v.looseObject({ all: v.optional(v.unknown()), any: v.optional(v.unknown()) });
const backtestRequest = v.object({
  before: rule,
  after: rule,
  account: v.optional(v.string(), ''),
  variables: v.optional(v.string(), ''),
});
const resendRequest = v.object({ node: v.optional(v.string(), '') });

/** `closed` ends when nobody waits for the answer any more. */
type Answering = (request: Request, closed: AbortSignal) => Promise<object>;

/**
 * `<httpAdminRoot>/whatsapp-triggers/log/…`: the events that were kept, each with its whole way, and
 * what can be done with them. All of it asks for the editor's permissions: it holds customers' words.
 */
export function attachLogEventRoutes(RED: NodeAPI): void {
  const read = RED.auth.needsPermission('whatsapp-account.read');
  const write = RED.auth.needsPermission('whatsapp-account.write');
  const get = (path: string, act: Answering): void => {
    RED.httpAdmin.get(`${root}/${path}`, read, answering(act));
  };
  get('events', async ({ query: asked }) => {
    const given = readQuery(asked);
    if ('wrong' in given) throw new HttpFault(400, `"${given.wrong}" cannot be read.`);
    return findEvents(RED, given.query);
  });
  get('events/:id', async (request) => traceOf(await entryFor(RED, request)));
  get('events/:id/case', async (request) => {
    const found = testCaseOf(await entryFor(RED, request));
    if (found) return found;
    throw new ResendFault('notAnEvent', 'The request became no event.');
  });
  get('samples', ({ query: { account, limit } }) =>
    samples(RED, textOf(account), readLimit(textOf(limit) || undefined)),
  );
  RED.httpAdmin.post(
    `${root}/backtest`,
    read,
    answering(async (request, closed) =>
      backtest(RED, await bodyOf(backtestRequest, request), closed),
    ),
  );
  RED.httpAdmin.post(
    `${root}/events/:id/resend`,
    write,
    answering(async (request) => {
      const { node } = await bodyOf(resendRequest, request);
      return resend(RED, await entryFor(RED, request), node || undefined);
    }),
  );
}

function answering(act: Answering): RequestHandler {
  return (request, response, next) => {
    const life = new AbortController();
    response.on('close', () => life.abort());
    response.set('Cache-Control', 'no-store');
    act(request, life.signal)
      .then((answer) => response.json(answer))
      .catch((error: unknown) => {
        if (!life.signal.aborted) refuse(response, error, next);
      });
  };
}

function refuse(response: Response, error: unknown, next: (error: unknown) => void): void {
  if (error instanceof ResendFault) {
    const { reason, message } = error;
    const refusal: LogRefusal = { error: message, reason };
    return void response.status(reason === 'unknown' ? 404 : 409).json(refusal);
  }
  if (!(error instanceof HttpFault)) return next(error);
  const refusal: LogRefusal = { error: error.message, reason: 'badRequest' };
  response.status(error.status).json(refusal);
}

async function entryFor(RED: NodeAPI, { params }: Request): Promise<LogRecord> {
  const entry = await entryOf(RED, params['id'] ?? '');
  if (entry) return entry;
  throw new ResendFault('unknown', 'The log does not have this event, or no longer.');
}

function traceOf({ summary, event, steps, masked }: LogRecord): EventTrace {
  return { summary, event, steps, masked };
}

async function bodyOf<const Schema extends v.GenericSchema>(
  schema: Schema,
  request: Request,
): Promise<v.InferOutput<Schema>> {
  const given = v.safeParse(schema, await readJson(request, mostBytes));
  if (given.success) return given.output;
  const [issue] = given.issues;
  throw new HttpFault(400, `"${v.getDotPath(issue) ?? 'body'}" cannot be read.`);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
