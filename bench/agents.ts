/** Many agents in one process: they take what they are offered and show what comes, and it is measured when. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { signOn } from '../test/support/agent.ts';
import { indexOf } from './message.ts';
import { quantile } from './peer.ts';

export type Order =
  | { readonly connect: Whom }
  /** Says `accepted` when so many offers were. */
  | { readonly accept: number }
  /** Says `shown` when so many popups are on a screen; their messages were due at a steady rate. */
  | { readonly show: { readonly expect: number; startAt: number; interval: number } }
  /** Says `settled`, with the moment when the last agent had the next page, when all show it. */
  | { readonly everybody: true };

/** A channel for the agent of each token; of a bare server, so many of nobody's. */
export type Whom = { readonly url: string } & (
  { readonly tokens: readonly string[] } | { readonly bare: number }
);

export interface Shown {
  /** Milliseconds from when a message was due to the arrival of the page, and to its place on a screen. */
  readonly page: { readonly p50: number; readonly p99: number };
  readonly screen: { readonly p50: number; readonly p99: number };
  readonly agents: number;
  /** Pages that came to an agent twice, or to two of them. */
  readonly doubled: number;
}

interface Word {
  readonly type: string;
  readonly offers?: readonly { readonly id: string }[];
  readonly page?: { readonly id: string; readonly content: { readonly title: string } };
  readonly pageId?: string;
  readonly granted?: boolean;
  readonly won?: boolean;
}

/** As many log in at a time: the server slows down whoever tries more often from one address. */
const atOnce = 20;

const clock = (): number => performance.timeOrigin + performance.now();

const sockets: WebSocket[] = [];
/** The message of each page that was claimed. */
const claimed = new Map<string, number>();
let offers = Number.POSITIVE_INFINITY;
let due: { expect: number; startAt: number; interval: number } | undefined;
let waits = { page: [] as number[], screen: [] as number[] };
let seen = new Set<number>();
let reachedBy = new Set<WebSocket>();
let doubled = 0;
let round: { readonly claims: (() => void)[]; reached: number; granted: number } | undefined;
/** A bare server grants nothing. */
let grants = true;

function hear(socket: WebSocket, data: Buffer): void {
  const word = JSON.parse(data.toString('utf8')) as Word;
  const say = (answer: object): void => socket.send(JSON.stringify(answer));
  if (word.type === 'offers') {
    for (const { id } of word.offers ?? []) say({ type: 'accept', offerId: id });
  }
  if (word.type === 'answered' && word.won) {
    offers -= 1;
    if (offers === 0) process.send?.({ accepted: true });
  }
  if (word.page) take(socket, word.page, say);
  if (word.type === 'claimed' && word.granted && word.pageId) granted(word.pageId, say);
}

type Say = (answer: object) => void;

function take(socket: WebSocket, { id, content }: NonNullable<Word['page']>, say: Say): void {
  const claim = (): void => say({ type: 'claim', pageId: id });
  if (round) {
    round.claims.push(claim);
    if (round.claims.length < sockets.length) return;
    round.reached = clock();
    // Each agent has a machine of their own: here, their answers must not delay what is measured.
    if (grants) for (const next of round.claims) next();
    else process.send?.({ settled: round.reached });
    return;
  }
  const index = indexOf(content.title);
  if (seen.has(index)) doubled += 1;
  seen.add(index);
  reachedBy.add(socket);
  claimed.set(id, index);
  waits.page.push(waitOf(index));
  claim();
}

function granted(pageId: string, say: Say): void {
  say({ type: 'receipt', pageId, what: 'shown' });
  if (round) {
    round.granted += 1;
    if (round.granted === sockets.length) process.send?.({ settled: round.reached });
    return;
  }
  waits.screen.push(waitOf(claimed.get(pageId) ?? Number.NaN));
  claimed.delete(pageId);
  if (waits.screen.length === due?.expect) report();
}

function waitOf(index: number): number {
  return due ? clock() - due.startAt - index * due.interval : 0;
}

function report(): void {
  const of = (values: readonly number[]) => ({
    p50: quantile(values, 0.5),
    p99: quantile(values, 0.99),
  });
  const said: Shown = {
    page: of(waits.page),
    screen: of(waits.screen),
    agents: reachedBy.size,
    doubled,
  };
  process.send?.({ shown: said });
}

async function connect(url: string, options: object): Promise<void> {
  const socket = new WebSocket(url.replace('http', 'ws'), options);
  socket.on('message', (data: Buffer) => hear(socket, data));
  await once(socket, 'open');
  sockets.push(socket);
}

async function logIn(url: string, token: string): Promise<void> {
  const { cookie } = await signOn(url, { token });
  await connect(`${url}/channel`, { origin: new URL(url).origin, headers: { cookie } });
}

async function connectAll(tasks: readonly (() => Promise<void>)[]): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let mine = next++; mine < tasks.length; mine = next++) await tasks[mine]!();
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  process.send?.({ connected: sockets.length });
}

process.on('message', (order: Order) => {
  if ('connect' in order) {
    const { url, ...whom } = order.connect;
    grants = 'tokens' in whom;
    const tasks =
      'tokens' in whom
        ? whom.tokens.map((token) => () => logIn(url, token))
        : Array.from({ length: whom.bare }, () => () => connect(url, {}));
    connectAll(tasks).catch((error: unknown) => {
      throw error;
    });
  } else if ('accept' in order) offers = order.accept;
  else if ('show' in order) {
    [due, doubled] = [order.show, 0];
    [waits, seen, reachedBy] = [{ page: [], screen: [] }, new Set(), new Set()];
  } else round = { claims: [], reached: 0, granted: 0 };
});

process.once('disconnect', () => process.exit());
