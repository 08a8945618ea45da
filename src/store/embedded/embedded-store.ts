import { Worker } from 'node:worker_threads';
import { TriggerError } from '../../errors.ts';
import type { TriggerStore } from '../contract.ts';
import type { CommandName } from './commands.ts';
import type { Call, Reply, WorkerOptions, WorkerWord } from './wire.ts';

interface Waiting {
  resolve(value: never): void;
  reject(error: Error): void;
}

/**
 * The store on one SQLite file (WAL, synchronous = FULL), in a worker thread so that no flush to disk
 * blocks the event loop. Rejects with E_STORE when the file cannot be used.
 */
export async function openEmbeddedStore(options: WorkerOptions): Promise<TriggerStore> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const worker = new Worker(new URL(`./worker.${extension}`, import.meta.url), {
    workerData: options,
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const line = new Line(worker);
  await line.opened;
  return storeOn(line);
}

function storeOn(line: Line): TriggerStore {
  const call =
    <Name extends CommandName>(name: Name) =>
    (...args: Parameters<TriggerStore[Name]>) =>
      line.call(name, args) as ReturnType<TriggerStore[Name]>;
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
    close: () => line.close(),
  };
}

/** The calls under way to the worker thread. */
class Line {
  readonly opened: Promise<void>;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #ended: Promise<void>;
  #serial = 0;
  #over: TriggerError | undefined;

  constructor(worker: Worker) {
    this.#worker = worker;
    this.opened = new Promise((resolve, reject) => {
      worker.on('message', (word: WorkerWord) => {
        if (word.type === 'ready') resolve();
        else if (word.type === 'replies') word.replies.forEach((reply) => this.#settle(reply));
        else if (word.type === 'refused') {
          reject(new TriggerError('E_STORE', word.message));
          void worker.terminate();
        }
      });
      worker.on('error', (error) => {
        this.#end(error.message);
        reject(new TriggerError('E_STORE', `The store's thread failed: ${error.message}`));
      });
    });
    this.#ended = new Promise((resolve) => {
      worker.on('exit', () => {
        this.#end('it is closed');
        resolve();
      });
    });
  }

  call(name: CommandName, args: readonly unknown[]): Promise<unknown> {
    if (this.#over) return Promise.reject(this.#over);
    const call: Call = { id: ++this.#serial, name, args };
    return new Promise((resolve, reject) => {
      this.#waiting.set(call.id, { resolve, reject });
      this.#worker.postMessage(call);
    });
  }

  /** What was called before is done first. */
  async close(): Promise<void> {
    if (!this.#over) this.#worker.postMessage('close');
    await this.#ended;
  }

  #settle(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if ('failure' in reply) waiting?.reject(new TriggerError('E_STORE', reply.failure));
    else waiting?.resolve(reply.value as never);
  }

  #end(reason: string): void {
    this.#over ??= new TriggerError('E_STORE', `The store cannot be used: ${reason}.`);
    for (const waiting of this.#waiting.values()) waiting.reject(this.#over);
    this.#waiting.clear();
  }
}
