import type { WhatsAppEvent } from '../event/event.ts';
import { compose } from './compose.ts';
import { type EventRow, type LogRecord, rowOf } from './log-store/record.ts';
import { type LogStore, minuteOf } from './log-store/log-store.ts';
import type { LogSettings } from './log-settings.ts';
import type { MaskOptions, Sensitive } from './mask.ts';
import { type Chapter, createOpenTraces, type OpenTraces } from './open-traces.ts';
import { createSampling } from './sampling.ts';
import type { NewStep, Trace } from './trace.ts';

export interface RecorderOptions {
  readonly settings: LogSettings;
  /** As they are declared now. */
  readonly sensitive: () => Sensitive;
  readonly problem: (error: unknown) => void;
}

const writeEvery = 300;
const sweepEvery = 60_000;
/** Old entries go also where nothing happens any more. */
const sweepAnyway = 3_600_000;
/** Requests a second: anybody can send one. */
const requestsPerSecond = 5;
const dayMs = 86_400_000;

/**
 * Notes what happens to events and writes it down some time later, several at once: the log is no
 * promise, and nobody is held up by it. What is told here never throws.
 */
export class Recorder {
  readonly #opening: Promise<LogStore>;
  readonly #options: RecorderOptions;
  readonly #traces: OpenTraces;
  readonly #isRequestKept = createSampling(requestsPerSecond);
  readonly #skipped = new Map<number, number>();
  readonly #clock: NodeJS.Timeout;
  #requests: LogRecord[] = [];
  #timer: NodeJS.Timeout | undefined;
  #sweptAt = 0;
  #isOver = false;
  #writing: Promise<void> = Promise.resolve();

  constructor(opening: Promise<LogStore>, options: RecorderOptions) {
    const { log, logSample } = options.settings;
    this.#opening = opening;
    this.#options = options;
    this.#traces = createOpenTraces({
      isKept: createSampling(logSample, log === 'sampled' ? 10 : 1),
      masking: () => this.#masking(),
      changed: () => this.#wake(),
      skipped: () => this.#skip(),
    });
    this.#clock = setInterval(() => this.#wake(), sweepAnyway).unref();
    opening.catch((error: unknown) => {
      this.#end();
      options.problem(error);
    });
  }

  /** An event is about to go into the flow. */
  received(event: WhatsAppEvent): void {
    const outcome = event.redelivered ? 'redelivered' : 'received';
    this.#note(() => this.#traces.begin(event), { kind: 'received', outcome });
  }

  step(event: WhatsAppEvent, step: NewStep): void {
    this.#note(() => this.#traces.of(event.id, event), step);
  }

  /** Something became of an event of which nothing but the id is known here. */
  later(eventId: string, step: NewStep): void {
    this.#note(() => this.#traces.of(eventId), step);
  }

  landed({ id }: WhatsAppEvent): void {
    this.#traces.land(id);
  }

  /** A request that became no event; when too many come, only some are written down. */
  request(make: () => LogRecord): void {
    if (this.#isOver) return;
    if (!this.#isRequestKept(performance.now())) return this.#skip();
    this.#requests.push(make());
    this.#wake();
  }

  /** Writes down what there is to write, once the file is open. */
  flush(): Promise<void> {
    if (this.#isOver) return Promise.resolve();
    this.#writing = this.#writing.then(() => this.#write()).catch(this.#options.problem);
    return this.#writing;
  }

  async close(): Promise<void> {
    await this.flush();
    this.#end();
    await this.#opening.then(
      (store) => store.close(),
      () => undefined,
    );
  }

  /** What a flow has put into a message may throw when it is looked at. */
  #note(traceOf: () => Trace, step: NewStep): void {
    if (this.#isOver) return;
    try {
      this.#traces.note(traceOf(), step);
    } catch (error) {
      this.#options.problem(error);
    }
  }

  #end(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    clearInterval(this.#clock);
    this.#traces.clear();
    this.#requests = [];
  }

  #masking(): MaskOptions {
    return { masks: this.#options.settings.logMask, sensitive: this.#options.sensitive() };
  }

  #skip(): void {
    const minute = minuteOf(Date.now());
    this.#skipped.set(minute, (this.#skipped.get(minute) ?? 0) + 1);
    this.#wake();
  }

  #wake(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.flush();
    }, writeEvery).unref();
  }

  async #write(): Promise<void> {
    const store = await this.#opening;
    const chapters = this.#traces.takeChanged();
    const requests = this.#requests.splice(0);
    const skipped = new Map(this.#skipped);
    this.#skipped.clear();
    const write = (): void => {
      const rows = [
        ...requests.flatMap((request) => this.#rowOf(() => request)),
        ...this.#rows(chapters, store),
      ];
      if (rows.length + skipped.size > 0) store.write(rows, skipped);
      this.#sweep(store);
    };
    try {
      write();
    } catch (error) {
      if (!(await store.mend(error))) throw error;
      write();
    }
  }

  #rows(chapters: readonly Chapter[], store: LogStore): readonly EventRow[] {
    const masking = this.#masking();
    return chapters.flatMap((chapter) => {
      const before = chapter.isOld ? store.get(chapter.id) : undefined;
      if (!before && chapter.keeping !== 'whole') return [];
      return this.#rowOf(() => compose(chapter, before, masking));
    });
  }

  /** One that cannot be written is left out: those beside it are other customers'. */
  #rowOf(make: () => LogRecord | undefined): readonly EventRow[] {
    try {
      const entry = make();
      return entry ? [rowOf(entry)] : [];
    } catch (error) {
      const { message } = error as Error;
      this.#options.problem(new Error(`An event could not be written down: ${message}`));
      return [];
    }
  }

  #sweep(store: LogStore): void {
    const now = Date.now();
    if (now - this.#sweptAt < sweepEvery) return;
    const hasMore = store.sweep(now - this.#options.settings.logDays * dayMs);
    if (hasMore) this.#wake();
    else this.#sweptAt = now;
  }
}
