import type { TriggerStore } from '../contract.ts';
import { type CommandName, commandsOf } from './commands.ts';
import { Committer } from './committer.ts';
import { openFiles } from './files.ts';
import { handBack, recover } from './inbox-commands.ts';
import { openDatabase } from './open-database.ts';
import { sqlOf } from './sql.ts';

export interface EmbeddedOptions {
  readonly file: string;
  /** How long keys, shown pages and unreadable requests are kept. */
  readonly retentionDays: number;
}

/** The store on one SQLite file. Rejects with E_STORE when the file cannot be used. */
export async function openEmbeddedStore(options: EmbeddedOptions): Promise<TriggerStore> {
  const database = await openDatabase(options.file);
  const sql = sqlOf(database);
  const commands = commandsOf(sql, options);
  recover(sql, Date.now());
  const committer = new Committer(database, await openFiles(options.file));
  await committer.call(() => undefined);
  const call =
    <Name extends CommandName>(name: Name) =>
    (...args: Parameters<TriggerStore[Name]>) => {
      const run = commands[name] as (...given: typeof args) => unknown;
      return committer.call(() => run(...args)) as ReturnType<TriggerStore[Name]>;
    };
  return {
    ingest: call('ingest'),
    quarantine: call('quarantine'),
    quarantined: call('quarantined'),
    take: call('take'),
    finish: call('finish'),
    setPolicy: call('setPolicy'),
    sweep: call('sweep'),
    offers: call('offers'),
    offerShown: call('offerShown'),
    answerOffer: call('answerOffer'),
    addPages: call('addPages'),
    pagesWaiting: call('pagesWaiting'),
    pagesMissed: call('pagesMissed'),
    claimPage: call('claimPage'),
    close: () => committer.close(() => handBack(sql)),
  };
}
