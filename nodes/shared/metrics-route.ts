import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { NodeAPI } from 'node-red';
import type { Inbox } from '../../src/inbox/inbox.ts';
import { scriptLoad } from '../../src/script/runner.ts';
import type { StoreMeasures } from '../../src/store/contract.ts';
import type { Meters } from '../../src/trace/meters.ts';
import { metricsContentType, renderMetrics } from '../../src/trace/metrics.ts';
import { houseOf } from './house.ts';

const attached = new WeakSet<object>();

/**
 * `<httpAdminRoot>/whatsapp-triggers/metrics`: what Prometheus scrapes. It asks for the editor's
 * permissions; a scraper gets them with a bearer token.
 */
export function attachMetricsRoute(RED: NodeAPI): void {
  if (attached.has(RED.httpAdmin)) return;
  attached.add(RED.httpAdmin);
  const read = RED.auth.needsPermission('whatsapp-account.read');
  const loop = createLoopWatch();
  RED.httpAdmin.get('/whatsapp-triggers/metrics', read, (_request, response, next) => {
    gauge(RED, loop)
      .then(() => {
        response.set({ 'Cache-Control': 'no-store', 'Content-Type': metricsContentType });
        // Not send(), which would write the content type in words of its own.
        response.end(renderMetrics(houseOf(RED).meters.families()));
      })
      .catch(next);
  });
}

interface Measured {
  readonly store: string;
  readonly inbox: Inbox;
  /** Undefined where the store fails. */
  readonly measures: StoreMeasures | undefined;
}

/** Reads what is not counted but there. */
async function gauge(RED: NodeAPI, loop: LoopWatch): Promise<void> {
  const { ailments, inboxes, meters } = houseOf(RED);
  const stores = await Promise.all(
    [...inboxes].map(async (inbox): Promise<Measured> => {
      const measures = await inbox.store.measure().catch(() => undefined);
      return { store: inbox.name, inbox, measures };
    }),
  );
  gaugeStores(meters, stores);
  gaugeForwards(RED, stores);
  meters.inFlight.replace([[stores.reduce((sum, { inbox }) => sum + inbox.inFlight, 0)]]);
  meters.unhealthy.replace([...ailments.keys()].map((account) => [1, account]));
  const { running, waiting } = scriptLoad();
  meters.scriptsRunning.replace([[running]]);
  meters.scriptsWaiting.replace([[waiting]]);
  meters.loopDelay.replace(loop.read());
}

/** A store that fails is shown as down, and the others are told. */
function gaugeStores(meters: Meters, stores: readonly Measured[]): void {
  meters.storeUp.replace(stores.map(({ store, measures }) => [measures ? 1 : 0, store]));
  meters.inboxBehind.replace(stores.map(({ store, inbox }) => [inbox.behind ? 1 : 0, store]));
  const up = stores.flatMap(({ store, measures }) => (measures ? [{ store, ...measures }] : []));
  meters.storeBytes.replace(up.map(({ store, bytes }) => [bytes, store]));
  meters.quarantine.replace(up.map(({ store, quarantined }) => [quarantined, store]));
  meters.offersStanding.replace(up.map(({ store, offersStanding }) => [offersStanding, store]));
  meters.pagesWaiting.replace(up.map(({ store, pagesWaiting }) => [pagesWaiting, store]));
  const inbox = up.flatMap((one) => one.inbox);
  meters.inboxEvents.replace(inbox.map(({ account, events }) => [events, account]));
  meters.inboxBytes.replace(inbox.map(({ account, bytes }) => [bytes, account]));
  meters.inboxFilling.replace(
    up.flatMap(({ store, filling }) =>
      filling.map(({ of, account = '', level }): [number, ...string[]] => {
        return [level === 'full' ? 2 : 1, store, of, account];
      }),
    ),
  );
}

function gaugeForwards(RED: NodeAPI, stores: readonly Measured[]): void {
  const { meters } = houseOf(RED);
  const forwards = stores.flatMap(({ measures }) => measures?.forwards ?? []);
  const nameOf = (id: string): string => RED.nodes.getNode(id)?.name ?? '';
  meters.retriesWaiting.replace(forwards.map((one) => [one.waiting, one.node, nameOf(one.node)]));
  meters.deadLetters.replace(forwards.map((one) => [one.dead, one.node, nameOf(one.node)]));
}

/** How often the loop is looked at; what is measured includes it. */
const resolutionMs = 20;

interface LoopWatch {
  /** Seconds since the reading before, by quantile. */
  read(): [seconds: number, quantile: string][];
}

/** Watches from the first reading on: whoever never asks pays nothing. */
function createLoopWatch(): LoopWatch {
  let watch: ReturnType<typeof monitorEventLoopDelay> | undefined;
  return {
    read() {
      if (!watch) {
        watch = monitorEventLoopDelay({ resolution: resolutionMs });
        watch.enable();
        return [];
      }
      const seconds = (nanoseconds: number): number =>
        Math.max(0, nanoseconds / 1e9 - resolutionMs / 1e3);
      const read: [number, string][] = [
        [seconds(watch.percentile(50)), '0.5'],
        [seconds(watch.percentile(99)), '0.99'],
        [seconds(watch.max), '1'],
      ];
      watch.reset();
      return read;
    },
  };
}
