import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { SessionView } from '../protocol.ts';
import { type Access, passwordGrounds } from './access.ts';
import { cookieHeader } from './cookies.ts';
import type { DesktopAgent } from './desktop.ts';
import type { Door, Visitor } from './door.ts';
import { HttpFault } from './http-fault.ts';
import type { Login } from './login.ts';
import type { MediaDesk } from './media-desk.ts';
import { isOwnPost, type Provenance } from './origin.ts';
import { type PageFile, readPageFile } from './page-files.ts';
import { pageHeaders } from './page-headers.ts';
import type { Visit } from './reach.ts';
import { assertJson, readJson } from './read-json.ts';
import { type Admission, type SignOn, tokenIn, TokenRefused } from './sign-on.ts';

export interface SiteOptions extends Pick<
  Access,
  'passwords' | 'signOn' | 'sessions' | 'origins' | 'embedIn' | 'report' | 'clock'
> {
  /** The whole path with `httpNodeRoot`, without a slash at its end. */
  readonly fullPath: string;
  readonly frames: readonly string[];
  /** Of the page; auto = what the agent's browser prefers. */
  readonly language: 'auto' | 'en' | 'it';
  readonly pageFolder: string;
  readonly door: Door;
  readonly login: Login;
  readonly admit: SignOn;
  readonly mediaDesk: MediaDesk;
}

export interface SiteRequest extends Visit {
  /** What follows the desktop's path: "", "/", "/page.js", … */
  readonly rest: string;
}

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | Readable | object;
}

type Route = (request: SiteRequest) => Promise<Answer> | Answer;
type Routes = ReadonlyMap<string, Readonly<Record<string, Route>>>;
export type Site = (request: SiteRequest, response: ServerResponse) => Promise<void>;

/** The HTTP side of one desktop: the page, its two files, and the ways in and out. */
export function createSite(options: SiteOptions): Site {
  const headers = pageHeaders(options.frames, options.embedIn);
  const routes = routesOf(options);
  return async (request, response) => {
    const answer = await respond(routes, request).catch(answerFault);
    await send(response, request.message.method, {
      ...answer,
      headers: { ...headers, ...answer.headers },
    });
  };
}

export function provenanceOf(message: IncomingMessage, secure: boolean): Provenance {
  const { origin, host } = message.headers;
  const fetchSite = message.headers['sec-fetch-site'];
  return { origin, host, secure, fetchSite: typeof fetchSite === 'string' ? fetchSite : undefined };
}

function routesOf(options: SiteOptions): Routes {
  const file = (name: PageFile): Readonly<Record<string, Route>> => ({
    GET: async () => {
      const { type, body } = await readPageFile(options.pageFolder, name, options.language);
      return { status: 200, headers: { 'Content-Type': type }, body };
    },
  });
  return new Map<string, Readonly<Record<string, Route>>>([
    ['', { GET: () => ({ status: 302, headers: { Location: `${options.fullPath}/` } }) }],
    ['/', file('index.html')],
    ['/page.js', file('page.js')],
    ['/style.css', file('style.css')],
    ['/channel', { GET: () => ({ status: 426, headers: { Upgrade: 'websocket' } }) }],
    [
      '/session',
      { GET: (visit) => whoIsIn(options, visit), POST: (visit) => comeIn(options, visit) },
    ],
    ['/login', { POST: (visit) => logIn(options, visit) }],
    ['/logout', { POST: (visit) => logOut(options, visit) }],
    ['/media', { GET: (request) => giveFile(options, request) }],
  ]);
}

async function respond(routes: Routes, request: SiteRequest): Promise<Answer> {
  // Each file of a conversation has an address of its own.
  const isFile = request.rest.startsWith('/media/');
  const methods = routes.get(isFile ? '/media' : request.rest);
  if (!methods) throw new HttpFault(404, 'There is nothing at this address.');
  const method = request.message.method === 'HEAD' ? 'GET' : (request.message.method ?? '');
  const route = Object.hasOwn(methods, method) ? methods[method] : undefined;
  if (!route) {
    const allow = Object.keys(methods).flatMap((name) => (name === 'GET' ? ['GET', 'HEAD'] : name));
    throw new HttpFault(405, 'This address has another use.', { Allow: allow.join(', ') });
  }
  return route(request);
}

async function logIn(options: SiteOptions, visit: Visit): Promise<Answer> {
  assertOwnPost(options, visit);
  const agent = await options.login(await readJson(visit.message), visit.address, options.clock());
  return begin(options, visit, { agent, grounds: passwordGrounds(agent, options) });
}

/** What the page asks first: it may bring a token along, and a proxy may have said who it is. */
async function comeIn(options: SiteOptions, visit: Visit): Promise<Answer> {
  assertOwnPost(options, visit);
  const token = tokenIn(await readJson(visit.message));
  const visitor = token === undefined ? options.door(visit) : undefined;
  if (visitor) return goOn(options, visit, visitor);
  try {
    const admission = options.admit(visit, token);
    return admission ? begin(options, visit, admission) : { status: 204 };
  } catch (error) {
    if (!(error instanceof TokenRefused) || !endAnother(options, visit, error.subject)) throw error;
    return { status: error.status, body: { error: error.message, ended: true } };
  }
}

/**
 * Whoever was sent here must not go on in the name of the last one, though their token came too late. A
 * token that anybody could have written ends nothing: any link could bring one.
 */
function endAnother(options: SiteOptions, visit: Visit, subject: string | undefined): boolean {
  const visitor = options.door(visit);
  if (subject === undefined || !visitor || visitor.agent.username === subject) return false;
  options.sessions.end(visitor.session.key);
  return true;
}

function whoIsIn(options: SiteOptions, visit: Visit): Answer {
  const visitor = options.door(visit);
  // No 401: to ask is no fault, and browsers would log one before every login.
  return visitor ? goOn(options, visit, visitor) : { status: 204 };
}

function logOut(options: SiteOptions, visit: Visit): Answer {
  assertOwnPost(options, visit);
  assertJson(visit.message);
  const visitor = options.door(visit);
  if (visitor) {
    const { username, way } = visitor.session;
    options.sessions.end(visitor.session.key, 'left');
    options.report({ what: 'loggedOut', way, username, address: visit.address });
  }
  visit.message.resume();
  return { status: 204, headers: setCookie(options, visit, '') };
}

/** Only our own page shows files: no other site may make a browser fetch one with the agent's cookie. */
async function giveFile(options: SiteOptions, visit: SiteRequest): Promise<Answer> {
  const { message, rest, secure } = visit;
  const { fetchSite = 'none' } = provenanceOf(message, secure);
  if (!['same-origin', 'none'].includes(fetchSite)) {
    throw new HttpFault(403, 'The request came from another site.');
  }
  const visitor = options.door(visit);
  if (!visitor) throw new HttpFault(401, 'Log in first.');
  return options.mediaDesk.answer(visitor, rest.slice(1), message.headers.range);
}

/** A session of the same browser ends: its id may have been planted or overheard. */
function begin(options: SiteOptions, visit: Visit, { agent, grounds }: Admission): Answer {
  const { sessions, clock } = options;
  const previous = options.door(visit);
  if (previous) sessions.end(previous.session.key);
  const { username } = agent;
  const id = sessions.start(username, grounds, clock());
  const reason = frameTrouble(options, visit);
  const news = { what: 'loggedIn', way: grounds.way, username, address: visit.address } as const;
  options.report(reason === undefined ? news : { ...news, reason });
  return { status: 200, headers: setCookie(options, visit, id), body: viewOf(agent) };
}

/** Nobody else could tell why a frame of the page shows the login again and again. */
function frameTrouble({ embedIn }: SiteOptions, { message, secure }: Visit): string | undefined {
  const speaksTls = message.headers.origin?.startsWith('https:') ?? false;
  if (embedIn.length === 0 || secure || !speaksTls) return undefined;
  return 'but no frame in another site keeps the session, since TLS ends at a proxy that "trustedProxies" does not count';
}

function goOn(options: SiteOptions, visit: Visit, { agent, id }: Visitor): Answer {
  const renewed = options.sessions.renew(id, options.clock());
  const headers = renewed === undefined ? {} : setCookie(options, visit, renewed);
  return { status: 200, headers, body: viewOf(agent) };
}

function setCookie(options: SiteOptions, { secure }: Visit, id: string): Record<string, string> {
  const { fullPath, embedIn } = options;
  return { 'Set-Cookie': cookieHeader(id, { fullPath, secure, embedded: embedIn.length > 0 }) };
}

function assertOwnPost(options: SiteOptions, { message, secure }: Visit): void {
  if (!isOwnPost(provenanceOf(message, secure), options.origins)) {
    throw new HttpFault(403, 'The request came from another site.');
  }
}

function viewOf({ username, name, role }: DesktopAgent): SessionView {
  return { username, name, role };
}

function answerFault(error: unknown): Answer {
  if (!(error instanceof HttpFault)) throw error;
  return { status: error.status, headers: error.headers, body: { error: error.message } };
}

async function send(
  response: ServerResponse,
  method: string | undefined,
  { status, headers = {}, body }: Answer,
): Promise<void> {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (body instanceof Readable) return sendFile(response, method, body);
  if (body !== undefined && !Buffer.isBuffer(body)) {
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
  }
  const bytes =
    body === undefined || Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
  if (status !== 204) response.setHeader('Content-Length', bytes?.length ?? 0);
  response.end(method === 'HEAD' ? undefined : bytes);
}

/** What breaks off on the way breaks the connection: a browser must not take a half for the whole. */
async function sendFile(
  response: ServerResponse,
  method: string | undefined,
  file: Readable,
): Promise<void> {
  if (method !== 'HEAD') return pipeline(file, response).catch(() => void response.destroy());
  file.destroy();
  response.end();
}
