import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Express, NextFunction, Request, Response } from 'express';
import type { NodeAPI } from 'node-red';
import type { Desktop } from '../../src/desktop/server/open-desktop.ts';
import { reachOf } from '../../src/desktop/server/reach.ts';
import { TriggerError } from '../../src/errors.ts';

/** Whether a proxy at this address, so many hops away, may say how it was reached itself. */
type TrustsProxy = (address: string | undefined, hop: number) => boolean;

interface Entrance {
  readonly desktops: Set<Desktop>;
  readonly upgrade: (message: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

const entrances = new WeakMap<Express, Entrance>();

/** `httpNodeRoot` without a slash at its end; E_CONFIG when there is no such root. */
export function httpNodeRoot(RED: NodeAPI): string {
  const root: string | false | undefined = RED.settings.httpNodeRoot;
  if (root === false) {
    throw new TriggerError('E_CONFIG', 'httpNodeRoot is false: no page can be served to agents.');
  }
  return `/${root ?? ''}`.replace(/\/+/g, '/').replace(/\/$/, '');
}

/**
 * Puts a desktop on the air; the answer takes it off. One dispatcher stays on `RED.httpNode` for good,
 * since Express gives no route back; the listener for upgrades is there as long as a desktop is.
 * Throws E_CONFIG when the path is another's.
 */
export function attachDesktop(RED: NodeAPI, desktop: Desktop): () => void {
  const entrance = entranceOf(RED.httpNode, RED);
  const rival = [...entrance.desktops].find((other) => overlaps(other.path, desktop.path));
  if (rival) {
    const where =
      rival.path === desktop.path ? 'belongs to' : `lies in one with "${rival.path}" of`;
    throw new TriggerError(
      'E_CONFIG',
      `The path "${desktop.path}" ${where} another agent desktop.`,
    );
  }
  const server: Server | undefined = RED.server;
  if (entrance.desktops.size === 0) server?.on('upgrade', entrance.upgrade);
  entrance.desktops.add(desktop);
  return () => {
    entrance.desktops.delete(desktop);
    if (entrance.desktops.size === 0) server?.off('upgrade', entrance.upgrade);
  };
}

function overlaps(one: string, other: string): boolean {
  return `${one}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${one}/`);
}

function entranceOf(app: Express, RED: NodeAPI): Entrance {
  const known = entrances.get(app);
  if (known) return known;
  const desktops = new Set<Desktop>();
  const trusts: TrustsProxy = (address, hop) =>
    Boolean((app.get('trust proxy fn') as TrustsProxy | undefined)?.(address, hop));
  app.use((request: Request, response: Response, next: NextFunction) => {
    const found = find(desktops, ({ path }) => `/${path}`, pathOf(request));
    if (!found) return next();
    const { desktop, rest } = found;
    const reach = reachOf(request, hopsBefore(desktop, request, trusts));
    desktop.serve({ message: request, rest, ...reach }, response).catch((error: unknown) => {
      RED.log.error(`[agent-desktop] ${String(error)}`);
      response.destroy();
    });
  });
  const entrance: Entrance = {
    desktops,
    /** Other nodes, and the editor itself, have upgrades of their own: theirs are left alone. */
    upgrade(message, socket, head) {
      const found = find(desktops, ({ fullPath }) => fullPath, pathOf(message));
      if (found?.rest !== '/channel') return;
      const { desktop } = found;
      const reach = reachOf(message, hopsBefore(desktop, message, trusts));
      desktop.upgrade({ message, ...reach }, socket, head);
    },
  };
  entrances.set(app, entrance);
  return entrance;
}

function find(
  desktops: Iterable<Desktop>,
  baseOf: (desktop: Desktop) => string,
  path: string,
): { readonly desktop: Desktop; readonly rest: string } | undefined {
  for (const desktop of desktops) {
    const base = baseOf(desktop);
    if (`${path}/`.startsWith(`${base}/`)) return { desktop, rest: path.slice(base.length) };
  }
  return undefined;
}

function pathOf({ url = '' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? '';
}

/**
 * How many proxies in front of us are trusted: as the desktop says, else as the operator has set Express
 * ("trust proxy" in `httpServerOptions`) for all of Node-RED.
 */
function hopsBefore(
  { trustedProxies }: Desktop,
  { socket, headers }: IncomingMessage,
  trusts: TrustsProxy,
): number {
  if (trustedProxies > 0) return trustedProxies;
  const forwarded = String(headers['x-forwarded-for'] ?? '').split(',');
  const addresses = [socket.remoteAddress, ...forwarded.reverse().map((one) => one.trim())];
  const foreign = addresses.findIndex((address, hop) => !trusts(address, hop));
  return foreign < 0 ? addresses.length : foreign;
}
