import type { DatabaseSync } from 'node:sqlite';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { type Commands, commandsOf } from './commands.ts';
import { handBack, recover } from './inbox-commands.ts';
import { openDatabase } from './open-database.ts';
import { sqlOf } from './sql.ts';
import type { Call, Reply, WorkerOptions, WorkerWord } from './wire.ts';

/** More calls than this wait for the next transaction, so that no answer waits long for others. */
const groupSize = 256;

const port = parentPort;
if (!port) throw new Error('This file runs as a worker thread.');
const say = (word: WorkerWord): void => port.postMessage(word);
const options = workerData as WorkerOptions;

try {
  serve(openDatabase(options.file));
  say({ type: 'ready' });
} catch (error) {
  say({ type: 'refused', message: error instanceof Error ? error.message : String(error) });
}

/**
 * Group commit without a timer: what arrives while one transaction is flushed to disk makes up the
 * next, so a lone call waits for nobody and many share one flush.
 */
function serve(database: DatabaseSync): void {
  const sql = sqlOf(database);
  const commands = commandsOf(sql, options);
  recover(sql, Date.now());
  port?.on('message', (first: Call | 'close') => {
    let next: Call | 'close' | undefined = first;
    while (next !== undefined) {
      const group: Call[] = [];
      while (next !== undefined && next !== 'close' && group.length < groupSize) {
        group.push(next);
        next = receiveMessageOnPort(port)?.message as Call | 'close' | undefined;
      }
      if (group.length > 0) say({ type: 'replies', replies: commit(database, commands, group) });
      if (next === 'close') {
        handBack(sql);
        database.close();
        say({ type: 'closed' });
        port.close();
        return;
      }
    }
  });
}

function commit(database: DatabaseSync, commands: Commands, group: readonly Call[]): Reply[] {
  try {
    database.exec('BEGIN IMMEDIATE');
    const replies = group.map((call) => attempt(database, commands, call));
    database.exec('COMMIT');
    return replies;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    return group.map((call) => failed(call, error));
  }
}

/** A call that fails takes back only its own changes; the others of its group stand. */
function attempt(database: DatabaseSync, commands: Commands, call: Call): Reply {
  database.exec('SAVEPOINT call');
  try {
    const run = commands[call.name] as (...args: readonly unknown[]) => unknown;
    const value = run(...call.args);
    database.exec('RELEASE call');
    return { id: call.id, value };
  } catch (error) {
    if (!database.isTransaction) throw error;
    database.exec('ROLLBACK TO call; RELEASE call');
    return failed(call, error);
  }
}

function failed(call: Call, error: unknown): Reply {
  return { id: call.id, failure: error instanceof Error ? error.message : String(error) };
}
