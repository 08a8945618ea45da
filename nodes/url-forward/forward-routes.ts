import type { Request, Response } from 'express';
import type { NodeAPI } from 'node-red';
import * as v from 'valibot';
import { HttpFault } from '../../src/desktop/server/http-fault.ts';
import { readJson } from '../../src/desktop/server/read-json.ts';
import type { ForwardChoice, ForwardStore, ForwardSummary } from '../../src/store/forwards.ts';
import { answerJson, limitOf } from '../shared/admin-answer.ts';
import { forwardingOf } from '../shared/forwarding.ts';
import { houseOf } from '../shared/house.ts';

const attached = new WeakSet<object>();
const path = '/whatsapp-triggers/forwards';
const mostIds = 200;

/** Some by their ids, or all dead letters of a node. */
const choice = v.union([
  v.strictObject({ ids: v.pipe(v.array(v.string()), v.maxLength(mostIds)) }),
  v.strictObject({ node: v.pipe(v.string(), v.nonEmpty()) }),
]);

/**
 * `<httpAdminRoot>/whatsapp-triggers/forwards`: what waits for another try and what failed for good, as
 * JSON (`?node=`, `?limit=`); `POST …/resend` and `…/discard` act on it. Tells no secret, no URL but its
 * origin, and nothing of the messages.
 */
export function attachForwardRoutes(RED: NodeAPI): void {
  if (attached.has(RED.httpAdmin)) return;
  attached.add(RED.httpAdmin);
  const may = (right: string) => RED.auth.needsPermission(`url-forward.${right}`);
  const answering =
    (act: (request: Request) => Promise<object>) =>
    (request: Request, response: Response, next: (error: unknown) => void): void => {
      answerJson(response, act(request)).catch(next);
    };
  RED.httpAdmin.get(
    path,
    may('read'),
    answering((request) => list(RED, request)),
  );
  RED.httpAdmin.post(
    `${path}/resend`,
    may('write'),
    answering((request) => resend(RED, request)),
  );
  RED.httpAdmin.post(
    `${path}/discard`,
    may('write'),
    answering((request) => discard(RED, request)),
  );
}

async function list(RED: NodeAPI, request: Request): Promise<object> {
  const { node } = request.query;
  const id = typeof node === 'string' && node !== '' ? node : undefined;
  const count = limitOf(request);
  const stores = storesOf(RED);
  const [lists, counts] = await Promise.all([
    Promise.all(stores.map((store) => store.forwards(id, count))),
    Promise.all(stores.map((store) => store.countForwards(id))),
  ]);
  const newest = lists.flat().toSorted((a, b) => b.createdAt - a.createdAt);
  return {
    waiting: counts.reduce((sum, { waiting }) => sum + waiting, 0),
    dead: counts.reduce((sum, { dead }) => sum + dead, 0),
    forwards: newest.slice(0, count).map(told),
  };
}

function told({ createdAt, nextAt, ...rest }: ForwardSummary): object {
  return {
    ...rest,
    createdAt: new Date(createdAt).toISOString(),
    ...(rest.state === 'waiting' ? { nextAt: new Date(nextAt).toISOString() } : {}),
  };
}

/** Only a node that is deployed can send: what belongs to another one stays where it is. */
async function resend(RED: NodeAPI, request: Request): Promise<object> {
  const wanted = await choiceOf(request);
  const sent = await Promise.all(nodesFor(RED, wanted).map(({ queue }) => queue.resend(wanted)));
  return { resent: sent.reduce((sum, count) => sum + count, 0) };
}

async function discard(RED: NodeAPI, request: Request): Promise<object> {
  const wanted = await choiceOf(request);
  await Promise.all(nodesFor(RED, wanted).map(({ queue }) => queue.discard(wanted)));
  await Promise.all(storesOf(RED).map((store) => store.removeForwards(wanted)));
  return {};
}

async function choiceOf(request: Request): Promise<ForwardChoice> {
  const given = v.safeParse(choice, await readJson(request));
  if (given.success) return given.output;
  throw new HttpFault(400, 'Either "ids", a list, or "node", an id, is expected.');
}

function nodesFor(RED: NodeAPI, { node }: ForwardChoice) {
  const { nodes } = forwardingOf(RED);
  return [...nodes.values()].filter(({ id }) => node === undefined || id === node);
}

function storesOf(RED: NodeAPI): readonly ForwardStore[] {
  return [...houseOf(RED).inboxes].map(({ store }) => store);
}
