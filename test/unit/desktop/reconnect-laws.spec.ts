import assert from 'node:assert/strict';
import fc from 'fast-check';
import { missedPages } from '../../../src/desktop/app/model/pages.ts';
import { reduce } from '../../../src/desktop/app/model/reduce.ts';
import { initialState, type DesktopState } from '../../../src/desktop/app/model/state.ts';
import type { Action } from '../../../src/desktop/app/model/step.ts';
import type { PageWord, ServerWord } from '../../../src/desktop/protocol.ts';
import type { Connection } from '../../../src/desktop/server/connection.ts';
import { createPageDelivery } from '../../../src/desktop/server/page-delivery.ts';
import { createPresence } from '../../../src/desktop/server/presence.ts';
import { incomingEvent } from '../../fixtures/event.ts';
import { memoryPages } from '../../support/page-store.ts';
import { agent, follower, hidden, near, welcome } from '../desktop-app/desk.ts';

/** The server's delivery and the windows of one agent, with a network between them that may fail anywhere. */
function world() {
  const store = memoryPages();
  const presence = createPresence();
  const delivery = createPageDelivery({
    desktopId: 'desk',
    store,
    expect: () => undefined,
    presence,
    pageFact: () => undefined,
    frames: [],
    now: () => 1_000_000,
  });
  const ordered: Promise<unknown>[] = [];
  const unnoticed = new Set<Connection>();
  /** How often each page came to a screen by itself. */
  const renders = new Map<string, number>();
  let names = 0;

  function browserWindow() {
    let name = `window ${names++}`;
    let state: DesktopState = initialState;
    let line: { connection: Connection; toPage: ServerWord[]; toServer: PageWord[] } | undefined;
    let timers: Action[] = [];

    function act(action: Action): void {
      const before = state.rendered;
      const step = reduce(state, action);
      state = step.state;
      for (const id of [...state.rendered].filter((each) => !before.has(each))) {
        renders.set(id, (renders.get(id) ?? 0) + 1);
      }
      for (const effect of step.effects) {
        if (effect.type === 'later' && effect.action.type === 'claimDue') {
          timers.push(effect.action);
        }
        if (effect.type !== 'send') continue;
        const { word } = effect;
        line?.toServer.push(word.type === 'claim' ? { ...word, window: name } : word);
      }
    }

    return {
      state: () => state,
      busy: () =>
        timers.length > 0 || (line?.toPage.length ?? 0) + (line?.toServer.length ?? 0) > 0,
      async connect() {
        if (line) return;
        const toPage: ServerWord[] = [];
        const connection: Connection = {
          agent,
          sessionKey: 's',
          origin: 'https://desk.example',
          told: new Map(),
          send: (word) => void toPage.push(word),
          sendFrame: (frame) => void toPage.push(JSON.parse(frame.toString('utf8'))),
          beat: () => undefined,
          close: () => undefined,
          cut: () => undefined,
          closed: new Promise(() => undefined),
        };
        line = { connection, toPage, toServer: [] };
        presence.add(connection);
        connection.send(welcome());
        await delivery.welcome(connection);
      },
      drop(noticed: boolean) {
        if (!line) return;
        if (noticed) presence.remove(line.connection);
        else unnoticed.add(line.connection);
        line = undefined;
        act({ type: 'connectionLost' });
      },
      hear(attention: typeof near) {
        const word = line?.toPage.shift();
        if (word) act({ type: 'word', word, attention, at: 0 });
      },
      async speak() {
        const word = line?.toServer.shift();
        if (!line || !word) return;
        const { connection } = line;
        if (word.type === 'claim') await delivery.claim(connection, word.pageId, word.window);
        if (word.type === 'receipt') delivery.receipt(connection, word.pageId, word.what);
      },
      wait() {
        const [due, ...others] = timers;
        timers = others;
        if (due) act(due);
      },
      reload() {
        if (line) presence.remove(line.connection);
        [line, timers, state] = [undefined, [], initialState];
        name = `window ${names++}`;
      },
    };
  }

  return {
    renders,
    windows: [browserWindow(), browserWindow()] as const,
    order() {
      const order = {
        triggerId: 'trigger',
        event: incomingEvent(),
        target: 'all',
        agents: [],
        repeat: 'stack',
        ttl: 120,
        content: { kind: 'popup', title: 'Popup', html: '' },
      } as const;
      ordered.push(delivery.deliver(order, { agents: [agent.username] }));
    },
    notice() {
      for (const connection of unnoticed) presence.remove(connection);
      unnoticed.clear();
    },
    async pages() {
      const waiting = await store.pagesWaiting('desk', agent.username, 0);
      const shown = await store.pagesShown('desk', agent.username, 1000);
      return { waiting, all: [...waiting, ...shown] };
    },
    async end() {
      delivery.close();
      await Promise.all(ordered);
      store.close();
    },
  };
}

type World = ReturnType<typeof world>;
type Deed = (world: World) => Promise<void> | void;

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const which = fc.nat({ max: 1 });
const looks = fc.constantFrom(near, follower, hidden);
const deeds = {
  order: fc.constant<Deed>((each) => each.order()),
  connect: which.map(
    (n): Deed =>
      (each) =>
        each.windows[n]!.connect(),
  ),
  drop: fc.tuple(which, fc.boolean()).map(
    ([n, noticed]): Deed =>
      (each) =>
        each.windows[n]!.drop(noticed),
  ),
  hear: fc.tuple(which, looks).map(
    ([n, attention]): Deed =>
      (each) =>
        each.windows[n]!.hear(attention),
  ),
  speak: which.map(
    (n): Deed =>
      (each) =>
        each.windows[n]!.speak(),
  ),
  wait: which.map(
    (n): Deed =>
      (each) =>
        each.windows[n]!.wait(),
  ),
  notice: fc.constant<Deed>((each) => each.notice()),
  reload: which.map(
    (n): Deed =>
      (each) =>
        each.windows[n]!.reload(),
  ),
};
/** Mostly words go to and fro; now and then something breaks in between. */
const livesWith = (...more: readonly { arbitrary: fc.Arbitrary<Deed>; weight: number }[]) =>
  fc.array(
    fc.oneof(
      { arbitrary: deeds.hear, weight: 8 },
      { arbitrary: deeds.speak, weight: 4 },
      { arbitrary: deeds.connect, weight: 4 },
      { arbitrary: deeds.drop, weight: 3 },
      { arbitrary: deeds.order, weight: 2 },
      { arbitrary: deeds.wait, weight: 2 },
      { arbitrary: deeds.notice, weight: 1 },
      ...more,
    ),
    { minLength: 20, maxLength: 150, size: 'max' },
  );

/** Lets everything happen, then connects every window and waits until nobody has anything to say. */
async function live(each: World, life: readonly Deed[]): Promise<void> {
  for (const deed of life) {
    await deed(each);
    await turn();
  }
  for (const browserWindow of each.windows) await browserWindow.connect();
  await turn();
  while (each.windows.some((browserWindow) => browserWindow.busy())) {
    for (const browserWindow of each.windows) {
      browserWindow.hear(hidden);
      browserWindow.wait();
      await browserWindow.speak();
    }
  }
}

describe('a popup, through lost connections at any moment', () => {
  it('comes to exactly one screen, once', async () => {
    await fc.assert(
      fc.asyncProperty(livesWith(), async (life) => {
        const each = world();
        await live(each, life);
        const { waiting, all } = await each.pages();
        assert.deepEqual(waiting, []);
        for (const { id } of all) assert.equal(each.renders.get(id), 1);
        const missed = each.windows.flatMap((one) => missedPages(one.state()));
        for (const one of each.windows) assert.deepEqual(one.state().doubtful, []);
        assert.ok(missed.every(({ id }) => each.renders.get(id) === 1));
        await each.end();
      }),
      { numRuns: 400 },
    );
  }).timeout(60_000);

  it('comes to no second screen when a page is loaded again, and is then on a list', async () => {
    await fc.assert(
      fc.asyncProperty(livesWith({ arbitrary: deeds.reload, weight: 1 }), async (life) => {
        const each = world();
        await live(each, life);
        const { waiting, all } = await each.pages();
        assert.deepEqual(waiting, []);
        const listed = new Set(
          each.windows.flatMap((one) => {
            const { recent } = one.state();
            return [...missedPages(one.state()), ...recent.map(({ page }) => page)];
          }),
        );
        const ids = new Set([...listed].map(({ id }) => id));
        for (const { id } of all) {
          assert.ok((each.renders.get(id) ?? 0) <= 1);
          assert.ok(ids.has(id));
        }
        await each.end();
      }),
      { numRuns: 400 },
    );
  }).timeout(60_000);
});
