import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Node, NodeAPI } from 'node-red';
import { TriggerError } from '../../src/errors.ts';
import type { WhatsAppEvent } from '../../src/event/event.ts';
import { Inbox } from '../../src/inbox/inbox.ts';
import { deferredStore } from '../../src/store/deferred-store.ts';
import { openEmbeddedStore } from '../../src/store/embedded/embedded-store.ts';
import type { Landing } from '../../src/inbox/in-flight.ts';
import { flightsOf } from './flights.ts';
import { houseOf } from './house.ts';
import { flowRuns } from './running.ts';
import { publishSimulatorEvent } from './simulator-routes.ts';

/** What a trigger-store node tells: the file (undefined = the default) and how long keys are kept. */
export interface StoreSettings {
  readonly file: string | undefined;
  readonly retentionDays: number;
}

/** A trigger-store node that is deployed; `refusal` is why it cannot be used. */
export interface StoreNode extends Node {
  readonly settings?: StoreSettings;
  readonly refusal?: TriggerError;
}

interface Shared {
  readonly inbox: Inbox;
  readonly opening: Promise<unknown>;
  users: number;
  close(): Promise<void>;
}

const defaults: StoreSettings = { file: undefined, retentionDays: 30 };
const opened = new WeakMap<object, Map<string, Shared>>();
const passingFolders = new WeakMap<object, string>();

/**
 * The inbox of a store, for as long as `node` lives: nodes on one file share it, the first opens it
 * and the last closes it. `storeId` is a trigger-store node's id; "" is the default file in
 * Node-RED's user directory. A store that cannot be used makes every call fail with E_STORE, and
 * `refused` is told once.
 */
export function inboxOf(
  RED: NodeAPI,
  node: Node,
  storeId: string,
  refused: (error: TriggerError) => void = () => undefined,
): Inbox {
  const settings = settingsOf(RED, storeId);
  const { folder, passing } = defaultFolder(RED);
  const file = resolve(folder, settings.file ?? 'whatsapp-triggers.sqlite');
  const files = opened.get(RED.events) ?? new Map<string, Shared>();
  opened.set(RED.events, files);
  const shared = files.get(file) ?? open(RED, file, settings.retentionDays);
  files.set(file, shared);
  shared.users += 1;
  shared.opening.catch(refused);
  node.on('close', (done: () => void) => {
    shared.users -= 1;
    if (shared.users > 0) return done();
    files.delete(file);
    void shared
      .close()
      .then(() => (passing && files.size === 0 ? forget(RED, folder) : undefined))
      .then(done, done);
  });
  return shared.inbox;
}

async function forget(RED: NodeAPI, folder: string): Promise<void> {
  passingFolders.delete(RED.events);
  await rm(folder, { recursive: true, force: true });
}

function settingsOf(RED: NodeAPI, storeId: string): StoreSettings {
  if (storeId === '') return defaults;
  const node = RED.nodes.getNode(storeId) as StoreNode | null;
  if (!node) throw new TriggerError('E_CONFIG', 'The trigger-store node it uses does not exist.');
  if (node.refusal) throw node.refusal;
  return node.settings ?? defaults;
}

/** A runtime without a user directory, as tests have it, keeps nothing: its store is gone when closed. */
function defaultFolder(RED: NodeAPI): { readonly folder: string; readonly passing: boolean } {
  const { userDir } = RED.settings as { userDir?: string };
  if (userDir !== undefined) return { folder: userDir, passing: false };
  const known =
    passingFolders.get(RED.events) ?? join(tmpdir(), `whatsapp-triggers-${randomUUID()}`);
  passingFolders.set(RED.events, known);
  return { folder: known, passing: true };
}

function open(RED: NodeAPI, file: string, retentionDays: number): Shared {
  const house = houseOf(RED);
  const opening = openEmbeddedStore({ file, retentionDays });
  const problem = (error: Error): void => RED.log.error(`[whatsapp-triggers] ${error.message}`);
  opening.catch(problem);
  const inbox = new Inbox({
    store: deferredStore(opening),
    deliver: (event, signal) => deliver(RED, event, signal),
    offersChanged: (queueIds) => {
      const desktops = new Set(queueIds.map((id) => house.queues.get(id)?.desktopId ?? ''));
      desktops.forEach((id) => house.desktops.get(id)?.offersChanged());
    },
    problem,
    swept: (now) => letGo(RED, now),
  });
  const begin = (): void => inbox.begin();
  house.inboxes.add(inbox);
  RED.events.on('flows:started', begin);
  return {
    inbox,
    opening,
    users: 0,
    close: async () => {
      RED.events.removeListener('flows:started', begin);
      house.inboxes.delete(inbox);
      await inbox.stop();
      await inbox.store.close();
    },
  };
}

async function deliver(RED: NodeAPI, event: WhatsAppEvent, signal: AbortSignal): Promise<void> {
  publishSimulatorEvent(RED, event);
  await flowRuns(RED);
  signal.throwIfAborted();
  const { inlets } = houseOf(RED);
  const takers = [...inlets.values()].filter((inlet) => inlet.wants(event));
  await Promise.all(
    takers.map(async ({ id }) => {
      let told = event;
      let landing: Landing | undefined;
      while (landing === undefined || landing === 'lost') {
        await flowRuns(RED);
        const inlet = inlets.get(id);
        if (!inlet?.wants(event)) return;
        landing = await inlet.take(told);
        signal.throwIfAborted();
        told = { ...event, redelivered: true };
      }
    }),
  );
}

/** Minutes after which an event that a node never gave back is finished with all the same. */
const holdMinutes = 60;

function letGo(RED: NodeAPI, now: number): void {
  const { whatsappTriggers } = RED.settings as { whatsappTriggers?: { holdMinutes?: number } };
  const minutes = whatsappTriggers?.holdMinutes ?? holdMinutes;
  for (const { id, type, name } of flightsOf(RED)?.letGo(minutes * 60_000, now) ?? []) {
    RED.log.warn(
      `[whatsapp-triggers] ${type} "${name || id}" has kept messages for over ${minutes} minutes without calling done; their events count as finished.`,
    );
  }
}
