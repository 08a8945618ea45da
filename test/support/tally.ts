/**
 * Loaded into Node-RED before anything else (`--import`, with `--expose-gc`): counts, when asked over
 * the IPC channel, whatever a deploy could leave behind.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Server } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { queryObjects } from 'node:v8';

export interface Tally {
  /** Bytes of JavaScript's heap in use, after a collection; what was compiled is among it. */
  readonly heap: number;
  /** All objects and functions that are reachable. */
  readonly objects: number;
  /** Those of them that are Node-RED's nodes. */
  readonly nodes: number;
  /** What keeps or could keep the process alive, by type: timers, sockets, workers, children. */
  readonly handles: Readonly<Record<string, number>>;
  /** Layers of every router below the root application. */
  readonly routes: number;
  /** Of the runtime's events, the server and the process, by event. */
  readonly listeners: Readonly<Record<string, number>>;
  readonly hooks: number;
  /** Of emitters with too many listeners. */
  readonly warnings: readonly string[];
}

interface Emitter {
  eventNames(): (string | symbol)[];
  listenerCount(name: string | symbol): number;
}
interface Layered {
  readonly _router?: Routing;
  readonly parent?: Layered;
  readonly stack?: Routing['stack'];
}
interface Routing {
  readonly stack: readonly { readonly handle?: Layered; readonly route?: unknown }[];
}
interface Hooks {
  add: (name: string, hook: unknown) => void;
  remove: (name: string) => void;
}

const program = process.argv[1] ?? '';
const require = createRequire(program);
const { hooks } = require('@node-red/util') as { hooks: Hooks };
const hooked = new Set<string>();
const warnings: string[] = [];
const { add, remove } = hooks;

hooks.add = (name, hook) => {
  add(name, hook);
  hooked.add(name.includes('.') ? name : `${name} ${hooked.size}`);
};
hooks.remove = (name) => {
  remove(name);
  for (const one of hooked) if (one === name || one.endsWith(name)) hooked.delete(one);
};
process.on('warning', ({ name, message }) => {
  if (name === 'MaxListenersExceededWarning') warnings.push(message);
});
process.on('message', () => {
  void count().then((tally) => process.send?.(tally));
});
process.once('disconnect', () => process.exit());

async function count(): Promise<Tally> {
  const {
    events,
    httpAdmin: adminApp,
    httpNode,
    server,
  } = require(join(dirname(program), 'lib/red.js')) as {
    events: Emitter;
    server: Server;
    httpAdmin: Layered;
    httpNode: Layered;
  };
  const { httpAdmin } = require('@node-red/runtime') as { httpAdmin: Layered };
  const Node = require('@node-red/runtime/lib/nodes/Node') as new () => object;
  let root = httpNode;
  while (root.parent) root = root.parent;
  return {
    heap: await heap(),
    objects: queryObjects(Object, { format: 'count' }),
    nodes: queryObjects(Node, { format: 'count' }),
    handles: await handles(server),
    routes: [root, httpNode, httpAdmin, adminApp].reduce((sum, app) => sum + layersOf(app), 0),
    listeners: {
      ...listenersOf('red', events),
      ...listenersOf('server', server),
      ...listenersOf('process', process),
    },
    hooks: hooked.size,
    warnings,
  };
}

/** Without what is over in a moment, a file that is being read or a callback that is due, and without who asks. */
async function handles(server: Server): Promise<Record<string, number>> {
  const guests = await promisify(server.getConnections.bind(server))();
  const lasting = process.getActiveResourcesInfo().filter((type) => !/^(FS|Immediate)/.test(type));
  const byType = [...Map.groupBy(lasting, (type) => type)].map(([type, all]) => {
    return [type, type === 'TCPSocketWrap' ? all.length - guests : all.length];
  });
  return Object.fromEntries(byType) as Record<string, number>;
}

function layersOf({ _router, stack = _router?.stack ?? [] }: Layered): number {
  return stack.reduce((sum, { handle }) => sum + 1 + (handle ? layersOf(handle) : 0), 0);
}

function listenersOf(owner: string, emitter: Emitter): Record<string, number> {
  const names = emitter.eventNames();
  return Object.fromEntries(
    names.map((name) => [`${owner} ${String(name)}`, emitter.listenerCount(name)]),
  );
}

/** What finalizers free is seen only by a later collection. */
async function heap(): Promise<number> {
  const { gc } = globalThis as { gc?: () => void };
  for (let round = 0; round < 4; round += 1) {
    gc?.();
    await setImmediate();
  }
  return process.memoryUsage().heapUsed;
}
