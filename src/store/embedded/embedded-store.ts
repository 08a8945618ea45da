import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { asTriggerError } from '../../errors.ts';
import { type Bounds, type Crossing, defaultBounds } from '../../inbox/bounds.ts';
import type { TriggerStore } from '../contract.ts';
import { createAdmission } from './admission.ts';
import { type CommandName, commandsOf } from './commands.ts';
import { Committer } from './committer.ts';
import { watchDisk } from './disk.ts';
import { openFiles } from './files.ts';
import { countWaiting, handBack, recover } from './inbox-commands.ts';
import { setOpen, witnessOf } from './life.ts';
import { openDatabase } from './open-database.ts';
import { sqlOf } from './sql.ts';

export interface EmbeddedOptions {
  readonly file: string;
  /** How long keys, shown pages and unreadable requests are kept. */
  readonly retentionDays: number;
  /** Told how long each commit took, in seconds. */
  readonly committed?: (seconds: number) => void;
  /** Told how many events went to quarantine because the process died with them. */
  readonly setAside?: (events: number) => void;
  /** How much may wait; what is left out is as usual. */
  readonly bounds?: Partial<Bounds>;
  /** Told when the inbox fills up, and when there is room again. */
  readonly crossed?: (crossing: Crossing) => void;
}

/** The store on one SQLite file. Rejects with E_STORE when the file cannot be used. */
export async function openEmbeddedStore(options: EmbeddedOptions): Promise<TriggerStore> {
  const database = await openDatabase(options.file);
  try {
    return await serve(database, options);
  } catch (error) {
    database.close();
    throw asTriggerError(error, 'E_STORE');
  }
}

async function serve(database: DatabaseSync, options: EmbeddedOptions): Promise<TriggerStore> {
  const sql = sqlOf(database);
  const commands = commandsOf(sql, options);
  const setAside = recover(sql, Date.now());
  countWaiting(sql);
  const admission = createAdmission({
    tally: sql.tally,
    bounds: { ...defaultBounds, ...options.bounds },
    disk: await watchDisk(dirname(options.file)),
    crossed: options.crossed ?? ignore,
  });
  const files = await openFiles(options.file);
  const witness = witnessOf(sql, files, {
    committed: options.committed ?? ignore,
    changed: (accounts) => admission.look(accounts),
  });
  const committer = new Committer(database, files, witness);
  await committer.begin(() => setOpen(sql, true));
  if (setAside > 0) options.setAside?.(setAside);
  const call =
    <Name extends CommandName>(name: Name) =>
    (...args: Parameters<TriggerStore[Name]>) => {
      const run = commands[name] as (...given: typeof args) => unknown;
      return committer.call(() => run(...args)) as ReturnType<TriggerStore[Name]>;
    };
  const ingest = call('ingest');
  const quarantine = call('quarantine');
  const measure = call('measure');
  admission.look(sql.tally.accounts.keys());
  return {
    ingest: (request, handOut) => {
      const accounts = request.facts.map(({ policy }) => policy.account.id);
      return admission.admit(accounts, () => ingest(request, handOut));
    },
    quarantine: (entry) => admission.admit([], () => quarantine(entry)),
    quarantined: call('quarantined'),
    take: call('take'),
    finish: call('finish'),
    setPolicy: call('setPolicy'),
    sweep: call('sweep'),
    offers: call('offers'),
    offerShown: call('offerShown'),
    offerTo: call('offerTo'),
    turns: call('turns'),
    answerOffer: call('answerOffer'),
    addPage: call('addPage'),
    pagesWaiting: call('pagesWaiting'),
    pagesMissed: call('pagesMissed'),
    pagesShown: call('pagesShown'),
    claimPages: call('claimPages'),
    keepForward: call('keepForward'),
    forward: call('forward'),
    forwardsPending: call('forwardsPending'),
    changeForward: call('changeForward'),
    resendForwards: call('resendForwards'),
    removeForwards: call('removeForwards'),
    cancelForwards: call('cancelForwards'),
    forwards: call('forwards'),
    countForwards: call('countForwards'),
    beginSend: call('beginSend'),
    endSend: call('endSend'),
    sendsUnder: call('sendsUnder'),
    contactWindow: call('contactWindow'),
    closeInteraction: call('closeInteraction'),
    assignInteraction: call('assignInteraction'),
    transferInteraction: call('transferInteraction'),
    releaseInteractions: call('releaseInteractions'),
    setVariables: call('setVariables'),
    conversation: call('conversation'),
    interactionsOf: call('interactionsOf'),
    openInteraction: call('openInteraction'),
    earlierInteractions: call('earlierInteractions'),
    earlierConversation: call('earlierConversation'),
    saidIn: call('saidIn'),
    markRead: call('markRead'),
    heardAt: call('heardAt'),
    measure: async () => ({ ...(await measure()), filling: admission.filling() }),
    close: () =>
      committer.close(() => {
        handBack(sql);
        setOpen(sql, false);
      }),
  };
}

function ignore(): void {}
