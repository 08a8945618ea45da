/** An agent's page without a browser: logs in over HTTP and speaks the protocol over a real socket. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket } from 'ws';
import type { PageWord, ServerWord } from '../../src/desktop/protocol.ts';
import { runtimeApi } from './flow.ts';

type Word<Type extends ServerWord['type']> = Extract<ServerWord, { type: Type }>;

export interface AgentPage {
  /** The first word of a type that was not taken yet. */
  next<Type extends ServerWord['type']>(type: Type): Promise<Word<Type>>;
  /** Every word of a type that has come and was not taken. */
  untaken<Type extends ServerWord['type']>(type: Type): Word<Type>[];
  say(word: PageWord): void;
  /** Anything at all, as a hostile page may send it. */
  send(data: string | Buffer): void;
  readonly socket: WebSocket;
  /** The code of the close. */
  readonly closed: Promise<number>;
  leave(): Promise<void>;
}

export interface LoginAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: { readonly username?: string; readonly name?: string; readonly error?: string };
  /** Name and value of the session cookie, "" when there is none. */
  readonly cookie: string;
}

const servers: Server[] = [];
const pages: AgentPage[] = [];

/** Closes, after each test, the pages and servers that the test opened. */
export function useAgents(): void {
  afterEach(async () => {
    for (const page of pages.splice(0)) page.socket.terminate();
    await Promise.all(
      servers.splice(0).map(async (server) => {
        server.close();
        server.closeAllConnections();
        await once(server, 'close');
      }),
    );
  });
}

/** Serves what nodes put on RED.httpNode, and the upgrades of RED.server, on one origin, as Node-RED does. */
export async function serveDesktops(): Promise<string> {
  const { httpNode, server: runtimeServer } = runtimeApi();
  const server = createServer(httpNode);
  server.on('upgrade', (...request) => runtimeServer.emit('upgrade', ...request));
  return listen(server);
}

export async function listen(server: Server): Promise<string> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** `desktop` is the address of a desktop without a slash at its end, here and below. */
export async function logIn(
  desktop: string,
  username: string,
  password: string,
  headers: Record<string, string> = {},
): Promise<LoginAnswer> {
  const response = await fetch(`${desktop}/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ username, password }),
  });
  const [cookie = ''] = (response.headers.get('set-cookie') ?? '').split(';');
  const body = (await response.json()) as LoginAnswer['body'];
  return { status: response.status, headers: response.headers, body, cookie };
}

/** What the page asks first: to come in with a token, by a header of a proxy, or with its cookie. */
export async function signOn(
  desktop: string,
  body: { readonly token?: string } = {},
  headers: Record<string, string> = {},
): Promise<{
  status: number;
  setCookie: string;
  cookie: string;
  username: string | undefined;
  ended: boolean | undefined;
}> {
  const response = await fetch(`${desktop}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const setCookie = response.headers.get('set-cookie') ?? '';
  const text = await response.text();
  const told = (text === '' ? {} : JSON.parse(text)) as { username?: string; ended?: boolean };
  const { username, ended } = told;
  const cookie = setCookie.split(';')[0] ?? '';
  return { status: response.status, setCookie, cookie, username, ended };
}

export function logOut(desktop: string, cookie: string): Promise<Response> {
  const headers = { cookie, 'content-type': 'application/json' };
  return fetch(`${desktop}/logout`, { method: 'POST', headers, body: '{}' });
}

/** Logs in and opens the channel; resolves when the server has said welcome. */
export async function openPage(
  desktop: string,
  username: string,
  password: string,
): Promise<AgentPage & { readonly cookie: string }> {
  const { status, cookie, body } = await logIn(desktop, username, password);
  assert.equal(status, 200, body.error);
  return Object.assign(await openChannel(desktop, cookie), { cookie });
}

export async function openChannel(desktop: string, cookie: string): Promise<AgentPage> {
  const socket = new WebSocket(channelOf(desktop), {
    origin: new URL(desktop).origin,
    headers: { cookie },
  });
  const page = pageOn(socket);
  pages.push(page);
  await once(socket, 'open');
  await page.next('welcome');
  return page;
}

/** The status that answers a handshake: 101 when the channel would open. */
export async function handshake(
  desktop: string,
  headers: Record<string, string>,
  channel = channelOf(desktop),
): Promise<number> {
  const socket = new WebSocket(channel, { headers });
  socket.on('error', () => undefined);
  return new Promise((resolve) => {
    socket.once('open', () => {
      resolve(101);
      socket.terminate();
    });
    socket.once('unexpected-response', (request, response) => {
      resolve(response.statusCode ?? 0);
      request.destroy();
    });
  });
}

export function channelOf(desktop: string): string {
  return `${desktop.replace('http', 'ws')}/channel`;
}

function pageOn(socket: WebSocket): AgentPage {
  const words: ServerWord[] = [];
  const waiting: { readonly type: string; readonly resolve: (word: never) => void }[] = [];
  socket.on('error', () => undefined);
  socket.on('message', (data: Buffer) => {
    const word = JSON.parse(data.toString('utf8')) as ServerWord;
    const index = waiting.findIndex(({ type }) => type === word.type);
    if (index < 0) words.push(word);
    else waiting.splice(index, 1)[0]?.resolve(word as never);
  });
  const closed = once(socket, 'close').then(([code]) => code as number);
  return {
    socket,
    closed,
    next(type) {
      const index = words.findIndex((word) => word.type === type);
      if (index >= 0) return Promise.resolve(words.splice(index, 1)[0] as never);
      return new Promise((resolve) => waiting.push({ type, resolve }));
    },
    untaken: (type) => words.filter((word) => word.type === type) as never,
    say: (word) => socket.send(JSON.stringify(word)),
    send: (data) => socket.send(data),
    async leave() {
      socket.close();
      await closed;
    },
  };
}
