import { basename, resolve } from 'node:path';
import type { Node, NodeAPI } from 'node-red';
import { TriggerError } from '../../src/errors.ts';
import type { WhatsAppEvent } from '../../src/event/event.ts';
import { Inbox } from '../../src/inbox/inbox.ts';
import { scriptLoad } from '../../src/script/runner.ts';
import type { EndedPage } from '../../src/store/contract.ts';
import type { ConversationChange } from '../../src/store/conversations.ts';
import { deferredStore } from '../../src/store/deferred-store.ts';
import { openEmbeddedStore } from '../../src/store/embedded/embedded-store.ts';
import type { Landing } from '../../src/inbox/in-flight.ts';
import { defaultLogSettings, type LogSettings } from '../../src/trace/log-settings.ts';
import { countChanges } from './count.ts';
import { allEnded, watchSignals } from './endings.ts';
import { openEventLog } from './log/event-logs.ts';
import { tellTrimmed } from './forwarding.ts';
import { boundsOf, reportCrossing } from './fullness.ts';
import { houseOf } from './house.ts';
import { holdTime, letGo } from './let-go.ts';
import { recordDelivery, recordSetAside } from './log/record-events.ts';
import { publishSimulatorEvent } from './simulator/routes.ts';
import { tellStoreNotices } from './tell-news.ts';
import { leaveUserDirectory, userDirectory } from './user-directory.ts';

/** What a trigger-store node tells: the file (undefined = the default) and how long keys are kept. */
export interface StoreSettings {
  readonly file: string | undefined;
  readonly retentionDays: number;
  readonly log: LogSettings;
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

/** While more scripts than this wait for a place, events stay in the store, which is what it is for. */
const mostScripts = 500;

const defaultFile = 'whatsapp-triggers.sqlite';
const defaults: StoreSettings = { file: undefined, retentionDays: 30, log: defaultLogSettings };
const opened = new WeakMap<object, Map<string, Shared>>();

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
  const file = resolve(userDirectory(RED), settings.file ?? defaultFile);
  const files = opened.get(RED.events) ?? new Map<string, Shared>();
  opened.set(RED.events, files);
  const shared = files.get(file) ?? open(RED, file, settings);
  files.set(file, shared);
  shared.users += 1;
  shared.opening.catch(refused);
  node.on('close', (done: () => void) => {
    shared.users -= 1;
    if (shared.users > 0) return done();
    files.delete(file);
    void shared
      .close()
      .then(() => (files.size === 0 ? leaveUserDirectory(RED) : undefined))
      .then(done, done);
  });
  return shared.inbox;
}

export function defaultStoreFile(RED: NodeAPI): string {
  return resolve(userDirectory(RED), defaultFile);
}

function settingsOf(RED: NodeAPI, storeId: string): StoreSettings {
  if (storeId === '') return defaults;
  const node = RED.nodes.getNode(storeId) as StoreNode | null;
  if (!node) throw new TriggerError('E_CONFIG', 'The trigger-store node it uses does not exist.');
  if (node.refusal) throw node.refusal;
  return node.settings ?? defaults;
}

function open(RED: NodeAPI, file: string, { retentionDays, log }: StoreSettings): Shared {
  const house = houseOf(RED);
  const opening = openEmbeddedStore({
    file,
    retentionDays,
    committed: (seconds) => house.meters.commit.observe(seconds),
    setAside: (events) => reportSetAside(RED, inbox, events),
    bounds: boundsOf(RED),
    crossed: (crossing) =>
      reportCrossing(RED, (id) => house.accounts.get(id)?.inbox === inbox, crossing),
  });
  const problem = (error: Error): void => RED.log.error(`[whatsapp-triggers] ${error.message}`);
  opening.catch(problem);
  const inbox = new Inbox({
    name: basename(file),
    store: deferredStore(opening),
    deliver: (event, signal) => {
      inbox.expect(Date.now() + holdTime(RED));
      return deliver(RED, event, signal);
    },
    room: () => scriptLoad().waiting < mostScripts,
    offersChanged: (queueIds) => {
      const desktops = new Set(queueIds.map((id) => house.queues.get(id)?.desktopId ?? ''));
      desktops.forEach((id) => house.desktops.get(id)?.offersChanged());
    },
    problem,
    changed: (changes) => {
      countChanges(house.meters, changes);
      tellStoreNotices(RED, changes.notices);
      tellConversations(RED, changes.conversations ?? []);
      tellEnded(RED, 'withdrawn', changes.pagesWithdrawn ?? []);
      tellEnded(RED, 'expired', changes.pagesExpired ?? []);
      tellTrimmed(RED, changes.forwardsTrimmed ?? []);
    },
    swept: () => {
      if (letGo(RED)) inbox.expect(Date.now() + holdTime(RED));
    },
  });
  const begin = (): void => inbox.begin();
  const pause = (): void => inbox.pause();
  house.inboxes.add(inbox);
  house.logSettings.set(inbox, log);
  const eventLog = openEventLog(RED, file, log, opening);
  if (eventLog) house.eventLogs.set(inbox, eventLog);
  RED.events.on('flows:started', begin);
  RED.events.on('flows:stopping', pause);
  watchSignals();
  return {
    inbox,
    opening,
    users: 0,
    close: async () => {
      RED.events.removeListener('flows:started', begin);
      RED.events.removeListener('flows:stopping', pause);
      house.inboxes.delete(inbox);
      await allEnded();
      await inbox.stop();
      house.eventLogs.delete(inbox);
      await eventLog?.recorder.close();
      await inbox.store.close();
    },
  };
}

/** One that went to the queue of another desktop is news to both. */
function tellConversations(RED: NodeAPI, changes: readonly ConversationChange[]): void {
  const { desktops, queues } = houseOf(RED);
  const byDesktop = new Map<string, ConversationChange[]>();
  for (const change of changes) {
    const ids = [change.queueId, change.before?.queueId ?? change.queueId];
    for (const id of new Set(ids.map((queueId) => queues.get(queueId)?.desktopId ?? ''))) {
      byDesktop.set(id, [...(byDesktop.get(id) ?? []), change]);
    }
  }
  for (const [id, own] of byDesktop) desktops.get(id)?.interactionsChanged(own);
}

function tellEnded(RED: NodeAPI, how: 'withdrawn' | 'expired', pages: readonly EndedPage[]): void {
  const { desktops } = houseOf(RED);
  for (const [desktopId, group] of Map.groupBy(pages, (page) => page.desktopId)) {
    desktops.get(desktopId)?.[how](group);
  }
}

async function deliver(RED: NodeAPI, event: WhatsAppEvent, signal: AbortSignal): Promise<void> {
  publishSimulatorEvent(RED, event);
  const { inlets, meters } = houseOf(RED);
  const takers = [...inlets.values()].filter((inlet) => inlet.wants(event));
  const landed = recordDelivery(RED, event, takers.length);
  await Promise.all(
    takers.map(async ({ id }) => {
      let told = event;
      let landing: Landing | undefined;
      while (landing === undefined || landing === 'lost') {
        const inlet = inlets.get(id);
        if (!inlet?.wants(event)) return;
        if (told.redelivered) meters.redelivered.add(1, event.account.id);
        landing = await inlet.take(told);
        signal.throwIfAborted();
        told = { ...event, redelivered: true };
      }
    }),
  );
  landed();
}

/** What was there each time that the process died: nobody shall find it only by looking. */
function reportSetAside(RED: NodeAPI, inbox: Inbox, events: number): void {
  const { log, meters } = houseOf(RED);
  recordSetAside(RED, inbox, events);
  meters.quarantined.add(events, 'crashes');
  log.add({ kind: 'set aside', at: new Date().toISOString(), events });
  RED.log.warn(
    `[whatsapp-triggers] ${events} event(s) set aside: the process died each time while they were under way. The trigger log lists them.`,
  );
}
