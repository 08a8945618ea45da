import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Application } from 'express';
import type { NodeAPI } from 'node-red';
import { providers } from '../../src/provider/registry.ts';
import type { News, Tell } from '../../src/receiver/news.ts';
import { receive } from '../../src/receiver/receiver.ts';
import type { Route } from '../../src/receiver/route.ts';
import { houseOf } from './house.ts';
import { tellNews } from './tell-news.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** What Express 4 keeps of its place and of its middleware, beyond its types. */
type Layered = Application & {
  readonly _router: { readonly stack: unknown[] };
  readonly parent?: Layered;
};

const attached = new WeakSet<object>();
const running = new WeakSet<object>();

/**
 * Serves `<httpNodeRoot>/whatsapp/<path>` once per runtime, and tells log, counters and whatsapp-in
 * nodes what is heard there. From the start on, so that a provider that comes too early is asked to
 * come again.
 */
export function serveWebhooks(RED: NodeAPI): void {
  attach(RED, (route, news) => tellNews(RED, concerned(route, news), news));
}

/** By their nodes' ids; without an account of its own, news is for all of the path. */
function concerned({ accounts }: Route, news: News): string[] {
  const { account = '' } = 'account' in news ? news : {};
  return account === '' ? accounts.map(({ policy }) => policy.account.id) : [account];
}

/**
 * With the editor at "/" its body parsers run before every route of RED.httpNode, and a signature is
 * over the raw bytes: so the reader is put first in the root application, looks the live accounts up by
 * path and passes on what is not theirs.
 */
function attach(RED: NodeAPI, tell: Tell): void {
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
  const { mapping } = accounts[0] ?? {};
  return { path, provider, setting: mapping ? { mapping } : {}, accounts, keepRaw };
}
