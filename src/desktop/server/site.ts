import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SessionView } from '../protocol.ts';
import { cookieHeader, cookieName, cookieValues } from './cookies.ts';
import type { DesktopAgent } from './desktop.ts';
import { HttpFault } from './http-fault.ts';
import type { Login } from './login.ts';
import { isOwnPost, type Provenance } from './origin.ts';
import { type PageFile, readPageFile } from './page-files.ts';
import { pageHeaders } from './page-headers.ts';
import { readJson } from './read-json.ts';
import type { Session, Sessions } from './sessions.ts';

export interface SiteOptions {
  /** The whole path with `httpNodeRoot`, without a slash at its end. */
  readonly fullPath: string;
  readonly frames: readonly string[];
  readonly origins: readonly string[];
  readonly pageFolder: string;
  readonly agents: readonly DesktopAgent[];
  readonly passwords: ReadonlyMap<string, string>;
  readonly sessions: Sessions;
  readonly login: Login;
  readonly now: () => number;
  /** Tells that a session was ended by its owner. */
  readonly loggedOut: (sessionKey: string) => void;
}

export interface SiteRequest {
  readonly message: IncomingMessage;
  /** What follows the desktop's path: "", "/", "/page.js", … */
  readonly rest: string;
  readonly secure: boolean;
  readonly address: string;
}

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | object;
}

type Route = (request: SiteRequest) => Promise<Answer> | Answer;
export type Site = (request: SiteRequest, response: ServerResponse) => Promise<void>;

/** The HTTP side of one desktop: the page, its two files, login, logout and who is logged in. */
export function createSite(options: SiteOptions): Site {
  const headers = pageHeaders(options.frames);
  const routes = routesOf(options);
  return async (request, response) => {
    const answer = await respond(routes, request).catch(answerFault);
    send(response, request.message.method, {
      ...answer,
      headers: { ...headers, ...answer.headers },
    });
  };
}

/** The session that a request's cookie names. */
export function sessionOf(
  sessions: Sessions,
  message: IncomingMessage,
  secure: boolean,
  now: number,
): Session | undefined {
  for (const id of cookieValues(message.headers.cookie, cookieName(secure))) {
    const session = sessions.find(id, now);
    if (session) return session;
  }
  return undefined;
}

export function provenanceOf(message: IncomingMessage, secure: boolean): Provenance {
  const { origin, host } = message.headers;
  const fetchSite = message.headers['sec-fetch-site'];
  return { origin, host, secure, fetchSite: typeof fetchSite === 'string' ? fetchSite : undefined };
}

function routesOf(options: SiteOptions): Map<string, Readonly<Record<string, Route>>> {
  const file = (name: PageFile): Readonly<Record<string, Route>> => ({
    GET: async () => {
      const { type, body } = await readPageFile(options.pageFolder, name);
      return { status: 200, headers: { 'Content-Type': type }, body };
    },
  });
  return new Map<string, Readonly<Record<string, Route>>>([
    ['', { GET: () => ({ status: 302, headers: { Location: `${options.fullPath}/` } }) }],
    ['/', file('index.html')],
    ['/page.js', file('page.js')],
    ['/style.css', file('style.css')],
    ['/channel', { GET: () => ({ status: 426, headers: { Upgrade: 'websocket' } }) }],
    ['/session', { GET: (request) => whoIsIn(options, request) }],
    ['/login', { POST: (request) => logIn(options, request) }],
    ['/logout', { POST: (request) => logOut(options, request) }],
  ]);
}

async function respond(
  routes: Map<string, Readonly<Record<string, Route>>>,
  request: SiteRequest,
): Promise<Answer> {
  const methods = routes.get(request.rest);
  if (!methods) throw new HttpFault(404, 'There is nothing at this address.');
  const method = request.message.method === 'HEAD' ? 'GET' : (request.message.method ?? '');
  const route = Object.hasOwn(methods, method) ? methods[method] : undefined;
  if (!route) {
    const allow = Object.keys(methods).flatMap((name) => (name === 'GET' ? ['GET', 'HEAD'] : name));
    throw new HttpFault(405, 'This address has another use.', { Allow: allow.join(', ') });
  }
  return route(request);
}

async function logIn(options: SiteOptions, request: SiteRequest): Promise<Answer> {
  assertOwnPost(options, request);
  const { message, secure, address } = request;
  const agent = await options.login(await readJson(message), address, options.now());
  const previous = sessionOf(options.sessions, message, secure, options.now());
  if (previous) endSession(options, previous);
  const hash = options.passwords.get(agent.username) ?? '';
  const id = options.sessions.start(agent.username, hash, options.now());
  return {
    status: 200,
    headers: { 'Set-Cookie': cookieHeader(id, options.fullPath, secure) },
    body: viewOf(agent),
  };
}

function logOut(options: SiteOptions, request: SiteRequest): Answer {
  assertOwnPost(options, request);
  const { message, secure } = request;
  const session = sessionOf(options.sessions, message, secure, options.now());
  if (session) endSession(options, session);
  message.resume();
  return {
    status: 204,
    headers: { 'Set-Cookie': cookieHeader('', options.fullPath, secure) },
  };
}

function whoIsIn(options: SiteOptions, { message, secure }: SiteRequest): Answer {
  const session = sessionOf(options.sessions, message, secure, options.now());
  const agent = options.agents.find(({ username }) => username === session?.username);
  // No 401: to ask is no fault, and browsers would log one before every login.
  return agent ? { status: 200, body: viewOf(agent) } : { status: 204 };
}

function endSession({ sessions, loggedOut }: SiteOptions, { key }: Session): void {
  sessions.end(key);
  loggedOut(key);
}

function assertOwnPost(options: SiteOptions, { message, secure }: SiteRequest): void {
  if (!isOwnPost(provenanceOf(message, secure), options.origins)) {
    throw new HttpFault(403, 'The request came from another site.');
  }
}

function viewOf({ username, name }: DesktopAgent): SessionView {
  return { username, name };
}

function answerFault(error: unknown): Answer {
  if (!(error instanceof HttpFault)) throw error;
  return { status: error.status, headers: error.headers, body: { error: error.message } };
}

function send(response: ServerResponse, method: string | undefined, answer: Answer): void {
  const { status, headers = {}, body } = answer;
  const bytes =
    body === undefined || Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
  response.statusCode = status;
  if (body !== undefined && !Buffer.isBuffer(body)) {
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
  }
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (status !== 204) response.setHeader('Content-Length', bytes?.length ?? 0);
  response.end(method === 'HEAD' ? undefined : bytes);
}
