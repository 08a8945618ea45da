/**
 * Loaded into Node-RED before anything else (`--import`): ends the process with SIGKILL at the nth
 * passage of the point that the environment names. It wraps what Node itself offers, so that the
 * package under test is the very one that users get.
 */
import fs, { type NoParamCallback } from 'node:fs';
import { ClientRequest, OutgoingMessage, ServerResponse } from 'node:http';
import { AsyncLocalStorage } from 'node:async_hooks';
import { syncBuiltinESMExports } from 'node:module';
import { DatabaseSync, StatementSync } from 'node:sqlite';
import { statements } from './point-names.ts';

const wanted = process.env['CRASH_POINT'];
let left = Number(process.env['CRASH_PASSAGE'] ?? 1);

if (wanted !== undefined) {
  watchDatabase();
  watchFlush();
  watchAnswer();
  watchHandOut();
  watchEffect();
}

function pass(point: string): void {
  if (point !== wanted) return;
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
}

/** Passes `<name>, before` and `<name>, after` around the calls that `nameOf` has a name for. */
function around(
  owner: object,
  method: string,
  nameOf: (self: never, args: readonly never[]) => string | undefined,
): void {
  const original = Reflect.get(owner, method) as (...args: unknown[]) => unknown;
  Reflect.set(owner, method, function (this: never, ...args: never[]): unknown {
    const name = nameOf(this, args);
    if (name === undefined) return original.apply(this, args);
    pass(`${name}, before`);
    const value = original.apply(this, args);
    pass(`${name}, after`);
    return value;
  });
}

function watchDatabase(): void {
  const named = (sql: string): string | undefined =>
    Object.entries(statements).find(([, pattern]) => pattern.test(sql))?.[0];
  around(DatabaseSync.prototype, 'exec', (_self, [sql]) => named(sql ?? ''));
  for (const method of ['run', 'get', 'all']) {
    around(StatementSync.prototype, method, (self: StatementSync) => named(self.sourceSQL));
  }
}

function watchFlush(): void {
  const original = fs.fdatasync;
  const watched = (handle: number, callback: NoParamCallback): void => {
    pass('flush, before');
    original(handle, (error) => {
      pass('flush, after');
      callback(error);
    });
  };
  Object.assign(fs, { fdatasync: watched });
  syncBuiltinESMExports();
}

function watchAnswer(): void {
  around(ServerResponse.prototype, 'end', (self: ServerResponse) =>
    self.statusCode === 200 && self.req.url?.startsWith('/whatsapp/') ? 'answer' : undefined,
  );
}

/** The messages of an event are sent in an asynchronous context of their own, which knows who holds them. */
function watchHandOut(): void {
  around(AsyncLocalStorage.prototype, 'run', (_self, [store]) =>
    Reflect.has(Object(store), 'holders') ? 'hand-out' : undefined,
  );
}

function watchEffect(): void {
  const end = OutgoingMessage.prototype.end as (...args: unknown[]) => ClientRequest;
  Reflect.set(ClientRequest.prototype, 'end', function (this: ClientRequest, ...args: unknown[]) {
    // A header that is given in a list stands in the text that goes on the wire, and nowhere else.
    const head = String(Reflect.get(this, '_header'));
    if (!/^idempotency-key:/im.test(head)) return end.apply(this, args);
    pass('effect, before');
    this.once('finish', () => pass('effect, sent'));
    this.prependOnceListener('response', (response) => {
      pass('effect, answered');
      response.once('end', () => pass('effect, after'));
    });
    return end.apply(this, args);
  });
}
