import { AsyncLocalStorage } from 'node:async_hooks';
import { type HookedNode, isActive, isRunning, reachesItsNext } from './hooked-node.ts';

/** The part of Node-RED's `RED.hooks` that tells where messages are. */
export interface MessageHooks {
  add(hook: string, listener: (event: never) => void): void;
  remove(hook: string): void;
}

interface Message {
  readonly _msgid?: string;
}

interface Delivery {
  readonly msg: Message;
  readonly destination: { readonly id: string; readonly node: HookedNode };
}

interface Completion {
  readonly msg: Message;
  readonly error?: unknown;
  readonly node: { readonly node: HookedNode };
}

/** `finished`: no node holds any message of it; `lost`: a node that held one was stopped. */
export type Landing = 'finished' | 'lost' | 'let go';

export interface Flights {
  /** Sends an event's messages and follows them and all that nodes send on their account. */
  fly(send: () => void, isDry?: boolean): Promise<Landing>;
  /**
   * Whether a message is on the way on account of a dry run, whatever has become of its payload. A node
   * may send it when the flight is over: `trigger` calls `done` at once, a function without `done` too.
   */
  isDry(msg: object): boolean;
  /**
   * To be called when a deploy begins to stop nodes. A node that is stopped may call `done` for what
   * it throws away (`delay` does), and what one sends to it is dropped: neither counts as done.
   */
  hold(): void;
  /** To be called when the flow runs again: ends the flights that lost a message, or may have. */
  land(): void;
  /**
   * Ends the flights that others than our nodes have had for longer than this; answers the nodes that
   * still hold them, and how many each.
   */
  letGo(olderThan: number): ReadonlyMap<HookedNode, number>;
  readonly size: number;
  stop(): void;
}

const label = 'whatsapp-triggers';

/** So many ids of dry runs outlive their flights: each was begun by hand, and a split makes many. */
const mostDryIds = 10_000;

/** One event on its way through the flow. */
class Flight {
  /** Put off by the time that our nodes take. */
  #began: number;
  #cameToOurs = 0;
  #atOurs = 0;
  readonly ids = new Set<string>();
  /** The nodes that hold a message of it, and how many. */
  readonly holders = new Map<HookedNode, number>();
  over = false;
  open = 1;
  readonly isDry: boolean;
  readonly #land: (landing: Landing) => void;
  readonly #clock: () => number;

  constructor(isDry: boolean, land: (landing: Landing) => void, clock: () => number) {
    this.isDry = isDry;
    this.#land = land;
    this.#clock = clock;
    this.#began = clock();
  }

  arrive(node: HookedNode, isOurs: boolean): void {
    this.open += 1;
    this.holders.set(node, (this.holders.get(node) ?? 0) + 1);
    if (!isOurs) return;
    if (this.#atOurs === 0) this.#cameToOurs = this.#clock();
    this.#atOurs += 1;
  }

  leave(node: HookedNode, isOurs: boolean): void {
    const held = this.holders.get(node);
    if (held === undefined) return;
    if (held === 1) this.holders.delete(node);
    else this.holders.set(node, held - 1);
    if (isOurs) this.#leaveOurs();
    this.close();
  }

  #leaveOurs(): void {
    this.#atOurs -= 1;
    if (this.#atOurs === 0) this.#began += this.#clock() - this.#cameToOurs;
  }

  isKept(longerThan: number): boolean {
    return this.#atOurs === 0 && this.#clock() - this.#began > longerThan;
  }

  /** A node may be done before what it caused has left it, so that zero is looked at a turn later. */
  close(): void {
    this.open -= 1;
    if (this.open === 0) setImmediate(() => this.open === 0 && this.end('finished'));
  }

  end(landing: Landing): void {
    if (this.over) return;
    this.over = true;
    this.#land(landing);
  }
}

/**
 * Sees through Node-RED's message hooks when a flow has finished with an event. A message is known by
 * its `_msgid` (which clones share), by the object itself (`split` takes the id away) and by the
 * asynchronous context of the handler that sends a new one. `isOurs` tells which nodes are sure to say
 * that they are done, and only when they are: that counts while they are being stopped, and they may
 * take their time. `clock` is one in milliseconds that nobody sets.
 */
export function followFlights(
  hooks: MessageHooks,
  isOurs: (node: HookedNode) => boolean = () => false,
  clock: () => number = () => performance.now(),
): Flights {
  const flights = new Set<Flight>();
  const byId = new Map<string, Flight>();
  const dryIds = new Set<string>();
  const byMessage = new WeakMap<Message, { readonly flight: Flight; inTransit: number }>();
  const context = new AsyncLocalStorage<Flight | undefined>();
  /** While nodes are being stopped: the flights of which a message may have been dropped. */
  let doubtful: Set<Flight> | undefined;

  const flightOf = (msg: Message): Flight | undefined => {
    const flight = byMessage.get(msg)?.flight ?? byId.get(msg._msgid ?? '') ?? context.getStore();
    return flight?.over ? undefined : flight;
  };
  const remember = (msg: Message, flight: Flight, inTransit: number): void => {
    const known = byMessage.get(msg);
    if (known?.flight === flight) known.inTransit += inTransit;
    else byMessage.set(msg, { flight, inTransit });
    if (msg._msgid !== undefined && !flight.ids.has(msg._msgid)) {
      flight.ids.add(msg._msgid);
      byId.set(msg._msgid, flight);
      if (flight.isDry) keepDry(msg._msgid);
    }
  };
  const keepDry = (id: string): void => {
    dryIds.add(id);
    const [oldest] = dryIds.size > mostDryIds ? dryIds : [];
    if (oldest !== undefined) dryIds.delete(oldest);
  };

  const leave = (msg: Message, node: HookedNode, isDone: () => boolean): void => {
    const flight = flights.size > 0 ? flightOf(msg) : undefined;
    if (!flight) return;
    if (doubtful && !(isDone() && reachesItsNext(node))) doubtful.add(flight);
    else flight.leave(node, isOurs(node));
  };

  hooks.add(`preDeliver.${label}`, ({ msg, destination }: Delivery) => {
    const flight = flights.size > 0 ? flightOf(msg) : undefined;
    if (!flight) return;
    flight.arrive(destination.node, isOurs(destination.node));
    remember(msg, flight, 1);
  });
  hooks.add(`onReceive.${label}`, ({ msg, destination }: Delivery) => {
    const flight = flights.size > 0 ? flightOf(msg) : undefined;
    if (!flight) return;
    context.enterWith(flight);
    const known = byMessage.get(msg);
    // Catch and Complete nodes are given their message directly, without a delivery before.
    if (known?.flight === flight && known.inTransit > 0) known.inTransit -= 1;
    else {
      flight.arrive(destination.node, isOurs(destination.node));
      remember(msg, flight, 0);
    }
  });
  hooks.add(`postReceive.${label}`, ({ msg, destination }: Delivery) => {
    if (context.getStore()) context.enterWith(undefined);
    if (!destination.node._expectedDoneCount)
      leave(msg, destination.node, () => isActive(destination.node));
  });
  hooks.add(`onComplete.${label}`, ({ msg, error, node: { node } }: Completion) => {
    // Who was to hear of an error may be stopped as well.
    leave(msg, node, () => !error && (isActive(node) || isOurs(node)));
  });

  return {
    fly: (send, isDry = false) =>
      new Promise((resolve) => {
        const land = (landing: Landing): void => {
          flights.delete(flight);
          flight.ids.forEach((id) => byId.delete(id));
          resolve(landing);
        };
        const flight = new Flight(isDry, land, clock);
        flights.add(flight);
        context.run(flight, send);
        flight.close();
      }),
    isDry: (msg: Message) => flightOf(msg)?.isDry === true || dryIds.has(msg._msgid ?? ''),
    hold: () => {
      doubtful ??= new Set();
    },
    land: () => {
      for (const flight of flights) {
        const isHeld = [...flight.holders.keys()].every(isRunning);
        if (!isHeld || doubtful?.has(flight)) flight.end('lost');
      }
      doubtful = undefined;
    },
    letGo: (olderThan) => {
      const old = [...flights].filter((flight) => flight.isKept(olderThan));
      const holders = new Map<HookedNode, number>();
      for (const node of old.flatMap((flight) => [...flight.holders.keys()])) {
        holders.set(node, (holders.get(node) ?? 0) + 1);
      }
      old.forEach((flight) => flight.end('let go'));
      return holders;
    },
    get size() {
      return flights.size;
    },
    stop: () => {
      hooks.remove(`*.${label}`);
      flights.forEach((flight) => flight.end('lost'));
    },
  };
}
