import { Server as HttpsServer } from 'node:https';
import { join } from 'node:path';
import type { NodeAPI } from 'node-red';
import type { Request, RequestHandler, Response } from 'express';
import type { WhatsAppEvent } from '../../../src/event/event.ts';
import { createFeed, type Feed } from '../../../src/simulator/server/feed.ts';
import { loadPage, type SimulatorPage } from '../../../src/simulator/server/page.ts';
import type { Listening } from '../../../src/simulator/server/receiver-address.ts';
import { readActRequest, readSendRequest } from '../../../src/simulator/server/send-request.ts';
import { simulate } from '../../../src/simulator/server/simulate.ts';
import type { AccountView, SendFailure } from '../../../src/simulator/protocol.ts';
import { asTriggerError, TriggerError } from '../../../src/errors.ts';
import { houseOf, type LiveAccount } from '../house.ts';
import { actOn, agentsOf, failure } from './act.ts';

const root = '/whatsapp-triggers/simulator';
/** Beside the folder of the nodes, into each of which this is bundled. */
const builtPage = join(import.meta.dirname, '../../../simulator');

const feeds = new WeakMap<object, Feed>();
const attached = new WeakSet<object>();

/** Shows an event of a simulator account on the simulator's open pages; other accounts' never get there. */
export function publishSimulatorEvent(RED: NodeAPI, event: WhatsAppEvent): void {
  if (event.account.provider === 'simulator') feedOf(RED).publish(event);
}

/**
 * The simulator on the admin side, once per runtime: permanent routes that look up the live accounts
 * at each request. Every one of them asks for the editor's permissions.
 */
export function attachSimulatorRoutes(RED: NodeAPI, pageFolder: string = builtPage): void {
  if (attached.has(RED.httpAdmin)) return;
  attached.add(RED.httpAdmin);
  const read = RED.auth.needsPermission('whatsapp-account.read');
  const write = RED.auth.needsPermission('whatsapp-account.write');
  const page = (): Promise<SimulatorPage> => loadPage(pageFolder);

  RED.httpAdmin.get(root, orDoor(read, page), (_request, response, next) => {
    page().then(({ html, headers }) => response.set(headers).send(html), next);
  });
  RED.httpAdmin.get(`${root}/accounts`, read, (_request, response) => {
    response.json(simulatorAccounts(RED).map((account) => viewOf(RED, account)));
  });
  RED.httpAdmin.get(`${root}/events`, read, (_request, response) => {
    feedOf(RED).stream(response);
  });
  RED.httpAdmin.post(`${root}/send`, write, (request, response, next) => {
    send(RED, request, response).catch(next);
  });
  RED.httpAdmin.post(`${root}/act`, write, (request, response, next) => {
    act(RED, request, response).catch(next);
  });
}

/** Lets a request pass that has the permission; answers the others with the door, not the bare 401. */
function orDoor(permission: RequestHandler, page: () => Promise<SimulatorPage>): RequestHandler {
  return (request, response, next) => {
    const end = response.end.bind(response);
    const open = (): void => {
      response.end = end;
    };
    const refuse = (): Response => {
      open();
      page().then(({ door, headers }) => response.set(headers).send(door), next);
      return response;
    };
    response.end = refuse;
    permission(request, response, (error?: unknown) => {
      open();
      next(error);
    });
  };
}

async function send(RED: NodeAPI, request: Request, response: Response): Promise<void> {
  try {
    const wanted = readSendRequest(jsonOf(request));
    const account = simulatorAccounts(RED).find(({ id }) => id === wanted.account);
    if (!account) throw new TriggerError('E_CONFIG', 'This simulator account is not deployed.');
    const { accountId, path, secrets } = account;
    const line = { accountId, number: account.policy.account.number };
    response.json(
      await simulate(wanted, { line, path, appSecret: secrets.appSecret }, listening(RED)),
    );
  } catch (error) {
    const { code, message } = asTriggerError(error, 'E_PROVIDER');
    const told: SendFailure = { error: message };
    response.status(code === 'E_CONFIG' ? 400 : 502).json(told);
  }
}

/** Only of an interaction that the simulator told of: what is real is not to be acted on from here. */
async function act(RED: NodeAPI, request: Request, response: Response): Promise<void> {
  try {
    const wanted = readActRequest(jsonOf(request));
    const known = feedOf(RED).accountOf(wanted.interaction);
    const account = simulatorAccounts(RED).find(({ id }) => id === known);
    const failed = account
      ? await actOn(houseOf(RED), account, wanted)
      : failure('unknown', 'The simulator has not seen this interaction.');
    response.status(failed ? 409 : 200).json(failed ?? {});
  } catch (error) {
    const { code, message } = asTriggerError(error, 'E_STORE');
    const told: SendFailure = { error: message };
    response.status(code === 'E_CONFIG' ? 400 : 500).json(told);
  }
}

/** A form, which another site's page could post without asking, is not taken. */
function jsonOf(request: Request): unknown {
  return request.is('application/json') ? request.body : undefined;
}

function simulatorAccounts(RED: NodeAPI): readonly LiveAccount[] {
  return [...houseOf(RED).accounts.values()].filter(({ provider }) => provider === 'simulator');
}

function viewOf(RED: NodeAPI, account: LiveAccount): AccountView {
  const { id, policy } = account;
  const agents = agentsOf(houseOf(RED), account);
  const { name, number } = policy.account;
  return { id, name, number, ...(agents ? { agents } : {}) };
}

/** How this runtime reaches its own webhooks. */
export function listening(RED: NodeAPI): Listening {
  return {
    address: RED.server.address(),
    secure: RED.server instanceof HttpsServer,
    webhookRoot: RED.settings.httpNodeRoot === (false as unknown) ? false : RED.httpNode.path(),
  };
}

function feedOf(RED: NodeAPI): Feed {
  const known = feeds.get(RED.events);
  if (known) return known;
  const feed = createFeed();
  feeds.set(RED.events, feed);
  return feed;
}
