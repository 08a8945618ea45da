import { extname } from 'node:path';
import type { NodeAPI } from 'node-red';
import type { Inbox } from '../../../src/inbox/inbox.ts';
import type { LogSettings } from '../../../src/trace/log-settings.ts';
import { LogStore } from '../../../src/trace/log-store/log-store.ts';
import { deleteLog } from '../../../src/trace/log-store/open-log.ts';
import type { Sensitive } from '../../../src/trace/mask.ts';
import { Recorder } from '../../../src/trace/recorder.ts';
import { everyDeclared } from '../variables/declared.ts';
import { houseOf } from '../house.ts';

/** The log beside a store: what happened to the events of its accounts. */
export interface EventLog {
  readonly recorder: Recorder;
  /** Rejects where the file cannot be used: then there is no log. */
  readonly store: Promise<LogStore>;
}

const mebibyte = 1024 * 1024;
const usualMebibytes = 1024;
/** A disk that is full is not complained of at every write. */
const complainEvery = 60_000;

/**
 * Opens the log of a store's file when the store is open: whoever holds the one holds the other. One that
 * is switched off is deleted: nobody would look after its days any more.
 */
export function openEventLog(
  RED: NodeAPI,
  storeFile: string,
  settings: LogSettings,
  storeOpening: Promise<unknown>,
): EventLog | undefined {
  const warn = (text: string): void => RED.log.warn(`[whatsapp-triggers] ${text}`);
  const file = logFile(storeFile);
  if (settings.log === 'off') {
    const refused = ({ message }: Error): void =>
      warn(`The trigger log is off, but ${file} cannot be deleted: ${message}.`);
    void storeOpening.then(
      () => deleteLog(file).catch(refused),
      () => undefined,
    );
    return undefined;
  }
  const options = { file, mostBytes: mostBytes(RED), warn };
  const store = storeOpening.then(() => LogStore.open(options));
  let complainedAt = -complainEvery;
  const problem = (error: unknown): void => {
    const now = performance.now();
    if (now - complainedAt < complainEvery) return;
    complainedAt = now;
    warn(`Trouble with the trigger log ${file}: ${(error as Error).message}`);
  };
  // A store that cannot be opened says so itself.
  const recorder = new Recorder(store, {
    settings,
    sensitive: rememberSensitive(RED),
    problem: (error) =>
      void storeOpening.then(
        () => problem(error),
        () => undefined,
      ),
  });
  return { recorder, store };
}

/** Undefined where the account's store keeps no log. */
export function recorderOf(RED: NodeAPI, accountId: string): Recorder | undefined {
  const { accounts, eventLogs } = houseOf(RED);
  if (eventLogs.size === 0) return undefined;
  const account = accounts.get(accountId);
  // An event may be older than its account's absence.
  const log = account ? eventLogs.get(account.inbox) : eventLogs.values().next().value;
  return log?.recorder;
}

export function recorderFor(RED: NodeAPI, inbox: Inbox): Recorder | undefined {
  return houseOf(RED).eventLogs.get(inbox)?.recorder;
}

/** The logs that are open; one that cannot be used is left out. */
export async function openLogs(
  RED: NodeAPI,
): Promise<readonly { readonly recorder: Recorder; readonly store: LogStore }[]> {
  const opened = [...houseOf(RED).eventLogs.values()].map(async ({ recorder, store }) => {
    await recorder.flush();
    return { recorder, store: await store };
  });
  const settled = await Promise.allSettled(opened);
  return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}

function logFile(storeFile: string): string {
  const ending = extname(storeFile);
  return `${storeFile.slice(0, storeFile.length - ending.length)}.log${ending}`;
}

/** `whatsappTriggers.log.megabytes` of settings.js: how big the file may become. */
function mostBytes(RED: NodeAPI): number {
  const { whatsappTriggers } = RED.settings as {
    whatsappTriggers?: { log?: { megabytes?: unknown } };
  };
  const wanted = Number(whatsappTriggers?.log?.megabytes);
  return (wanted > 0 ? wanted : usualMebibytes) * mebibyte;
}

/** What was sensitive stays so: what is under way may hold a value when its node is gone. */
function rememberSensitive(RED: NodeAPI): () => Sensitive {
  const names = new Set<string>();
  const defaults = new Set<string>();
  return () => {
    for (const declared of everyDeclared(RED)) {
      if (!declared.sensitive) continue;
      names.add(declared.name);
      if (declared.default !== '') defaults.add(declared.default);
    }
    return { names, defaults: [...defaults] };
  };
}
