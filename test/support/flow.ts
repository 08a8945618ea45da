/**
 * Flow tests run our nodes in the helper's runtime: `NODE_RED_LINE=4` takes Node-RED 4.1 instead of 5.
 * The helper's own types lack what it offers, so it is typed here, and only here imported.
 */
import { createRequire } from 'node:module';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NodeAPI } from 'node-red';
import type { MessageHooks } from '../../src/inbox/in-flight.ts';

const require = createRequire(import.meta.url);
const helper = require('node-red-node-test-helper');
const line = process.env['NODE_RED_LINE'] === '4' ? 'node-red-4' : 'node-red';
helper.init(require.resolve(line));

export type Register = (RED: NodeAPI) => void | Promise<void>;
export interface FlowNode {
  readonly id: string;
  readonly type: string;
  readonly [property: string]: unknown;
}
export interface TestMessage {
  [property: string]: any;
}
export interface TestNode {
  readonly id: string;
  receive(msg: object): void;
  on(event: string, listener: (...args: any[]) => void): void;
  once(event: string, listener: (...args: any[]) => void): void;
  readonly status: { readonly args: readonly any[][] };
  readonly error: { readonly args: readonly any[][] };
  readonly warn: { readonly args: readonly any[][] };
  [property: string]: any;
}

let red: NodeAPI | undefined;
const servers: Server[] = [];

/** Starts the runtime for a describe block and stops everything after it. */
export function useRuntime(): void {
  before(() => helper.startServer());
  after(() => helper.stopServer());
  afterEach(async () => {
    await helper.unload();
    await Promise.all(servers.splice(0).map(closeServer));
  });
}

/** Loads nodes and deploys a flow; resolves when it runs. Core nodes are given as their register functions. */
export async function deploy(
  registers: readonly Register[],
  flow: readonly FlowNode[],
  credentials: Record<string, Record<string, string>> = {},
): Promise<void> {
  const capture: Register = (RED) => {
    red = RED;
  };
  await helper.load([capture, ...registers], flow.map(place), credentials);
}

export function settings(values: Record<string, unknown>): void {
  helper.settings(values);
}

export async function redeploy(
  flow: readonly FlowNode[],
  kind: 'full' | 'flows' | 'nodes' = 'full',
  credentials: Record<string, Record<string, string>> = {},
) {
  await helper.setFlows(flow.map(place), kind, credentials);
}

/** Node-RED takes a node without a position for a config node. */
function place(one: FlowNode): FlowNode {
  return 'wires' in one ? { x: 0, y: 0, ...one } : one;
}

/** Stops the flow as the end of the process does; `deploy` starts it again. */
export async function stop(): Promise<void> {
  await helper.unload();
}

export function node(id: string): TestNode {
  const found = helper.getNode(id);
  if (!found) throw new Error(`The flow has no running node "${id}".`);
  return found;
}

/** The register function of a core node, such as "function/10-function" or "common/25-catch". */
export function core(path: string): Register {
  const runtime = createRequire(require.resolve(line));
  const loaded = runtime(`@node-red/nodes/core/${path}.js`);
  return loaded.default ?? loaded;
}

/** Resolves when the next deploy or stop has told the nodes to close. */
export function closing(): Promise<void> {
  return new Promise((resolve) => {
    runtimeApi().events.once('flows:stopping', () => setImmediate(resolve));
  });
}

/** The message hooks of the runtime, which the helper does not hand to nodes. */
export function messageHooks(): MessageHooks {
  return createRequire(require.resolve(line))('@node-red/util').hooks;
}

/** The next message that a node (often of type "helper") receives. */
export function nextInput(id: string): Promise<TestMessage> {
  return new Promise((resolve) => {
    const receiver = node(id);
    receiver.on('input', listener);
    function listener(msg: TestMessage): void {
      resolve(msg);
      // Not at once: Node-RED would skip the listener behind this one.
      setImmediate(() => receiver['removeListener']('input', listener));
    }
  });
}

/** The RED object that the loaded nodes got. */
export function runtimeApi(): NodeAPI {
  if (!red) throw new Error('Nothing is deployed.');
  return red;
}

/** Serves what nodes put on RED.httpNode, which the helper itself does not; answers the base URL. */
export async function serveHttpNode(): Promise<string> {
  return serve(runtimeApi().httpNode);
}

/** Serves a request listener on a random port until the test ends. */
export async function serve(listener: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(listener as never);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
