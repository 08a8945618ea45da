import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Application } from 'express';
import type { NodeAPI } from 'node-red';
import { meta } from '../../src/provider/meta/meta.ts';
import { simulator } from '../../src/provider/simulator/simulator.ts';
import type { Provider } from '../../src/provider/provider.ts';
import { receive, type Route, type Tell } from '../../src/receiver/receiver.ts';
import { houseOf } from './house.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** What Express 4 keeps of its place and of its middleware, beyond its types. */
type Layered = Application & {
  readonly _router: { readonly stack: unknown[] };
  readonly parent?: Layered;
};

export const providers: ReadonlyMap<string, Provider> = new Map(
  [meta, simulator].map((provider) => [provider.name, provider]),
);

const attached = new WeakSet<object>();
const running = new WeakSet<object>();

/**
 * Serves `<httpNodeRoot>/whatsapp/<path>` once per runtime. With the editor at "/" its body parsers
 * run before every route of RED.httpNode, and a signature is over the raw bytes: so the reader is put
 * first in the root application, looks the live accounts up by path and passes on what is not theirs.
 */
export function attachWebhookRoute(RED: NodeAPI, tell: Tell): void {
  const app = RED.httpNode as Layered | undefined;
  if (!app || attached.has(app)) return;
  attached.add(app);
  RED.events.once('flows:started', () => running.add(app));
  putFirst(RED, app, tell);
  app.on('mount', () => putFirst(RED, app, tell));
}

function putFirst(RED: NodeAPI, app: Layered, tell: Tell): void {
  let root = app;
  while (root.parent) root = root.parent;
  const prefix = `${app.path().replace(/\/$/, '')}/whatsapp/`;
  const handler: Handler = (request, response, next) => {
    const route = routeAt(RED, prefix, request.url ?? '');
    if (route === undefined) return next();
    if (route === 'restarting') {
      houseOf(RED).meters.refused.add(1, 'restarting');
      response.writeHead(503, { 'Retry-After': '5', 'Content-Length': '0' }).end();
      return;
    }
    void receive(request, response, route, tell);
  };
  root.use(handler as never);
  const { stack } = root._router;
  stack.unshift(stack.pop());
}

function routeAt(RED: NodeAPI, prefix: string, url: string): Route | 'restarting' | undefined {
  if (!url.startsWith(prefix)) return undefined;
  const path = url.slice(prefix.length).split('?', 1)[0]!;
  const house = houseOf(RED);
  const accounts = [...house.accounts.values()].filter((account) => account.path === path);
  const provider = providers.get(accounts[0]?.provider ?? '');
  if (!provider) {
    const starting = !running.has(RED.httpNode);
    return starting || house.restarting.has(path) ? 'restarting' : undefined;
  }
  const keepRaw = [...house.inlets.values()].some((inlet) => inlet.raw);
  return { path, provider, accounts, keepRaw };
}
