import type { Witness } from './committer.ts';
import type { Files } from './files.ts';
import type { Sql } from './sql.ts';

export interface Life {
  /** How many transactions changed something. */
  readonly commits: number;
  /** 1 from the start to the orderly end: what was committed may stand in the log alone. */
  readonly open: number;
}

export const readLife = 'SELECT commits, open FROM life';

export function setOpen(sql: Sql, open: boolean): void {
  sql.run('UPDATE life SET open = ?', open ? 1 : 0);
}

interface Listeners {
  readonly committed: (seconds: number) => void;
  /** Told for which accounts more or less waits. */
  readonly changed: (accounts: ReadonlySet<string>) => void;
}

/** Numbers the commits, marks them once they are on stable storage, and keeps the tally in step. */
export function witnessOf(sql: Sql, files: Files, { committed, changed }: Listeners): Witness {
  let { commits } = sql.get<Life>(readLife) ?? { commits: 0 };
  let next = commits;
  let changes = changesOf(sql);
  return {
    ending: () => {
      if (changesOf(sql) === changes) return;
      next = commits + 1;
      sql.run('UPDATE life SET commits = ?', next);
      changes = changesOf(sql);
    },
    committed: () => {
      commits = next;
      const accounts = sql.tally.commit();
      if (accounts.size > 0) changed(accounts);
    },
    rolledBack: () => {
      next = commits;
      changes = changesOf(sql);
      sql.tally.rollback();
    },
    flushed: (seconds) => {
      files.mark(commits);
      committed(seconds);
    },
  };
}

function changesOf(sql: Sql): number {
  return sql.get<{ n: number }>('SELECT total_changes() AS n')?.n ?? 0;
}
