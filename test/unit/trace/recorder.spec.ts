import assert from 'node:assert/strict';
import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { WhatsAppEvent } from '../../../src/event/event.ts';
import { defaultLogSettings, type LogSettings } from '../../../src/trace/log-settings.ts';
import { LogStore } from '../../../src/trace/log-store/log-store.ts';
import { Recorder } from '../../../src/trace/recorder.ts';
import { incomingEvent } from '../../fixtures/event.ts';
import { useTempFolder } from '../../support/temp-folder.ts';

const forward = { id: 'forward', type: 'url-forward', name: 'CRM' };
const done = { kind: 'action', outcome: 'done', node: forward } as const;
const failed = {
  kind: 'action',
  outcome: 'failed',
  node: forward,
  detail: { error: { code: 'E_URL', message: 'No.' } },
} as const;

describe('the recorder', () => {
  const folder = useTempFolder();
  const recorders: Recorder[] = [];
  const warnings: string[] = [];
  const file = (): string => join(folder(), 'kept.log.sqlite');
  beforeEach(() => warnings.splice(0));
  afterEach(async () => {
    await Promise.all(recorders.splice(0).map((recorder) => recorder.close()));
  });

  async function open(settings: Partial<LogSettings> = {}, mostBytes = 1e9) {
    const warn = (text: string): void => void warnings.push(text);
    const store = await LogStore.open({ file: file(), mostBytes, warn });
    const recorder = new Recorder(Promise.resolve(store), {
      settings: { ...defaultLogSettings, ...settings },
      sensitive: () => ({ names: new Set(), defaults: [] }),
      problem: (error) => warn((error as Error).message),
    });
    recorders.push(recorder);
    const list = async () => {
      await recorder.flush();
      return (await store.find({ limit: 200 })).events;
    };
    return { store, recorder, list };
  }
  function pass(recorder: Recorder, step: Parameters<Recorder['step']>[1] = done) {
    const event = incomingEvent();
    recorder.received(event);
    recorder.step(event, step);
    recorder.landed(event);
    return event;
  }

  it('keeps so many a second whole, and of the rest what failed', async () => {
    const { store, recorder, list } = await open({ logSample: 3 });
    for (let i = 0; i < 10; i += 1) pass(recorder);
    const { id } = pass(recorder, failed);
    const events = await list();
    assert.deepEqual(events.map(({ outcome }) => outcome).toSorted(), [
      'acted',
      'acted',
      'acted',
      'failed',
    ]);
    assert.deepEqual(
      store.get(id)?.steps.map(({ kind }) => kind),
      ['received', 'action'],
    );
    const now = Date.now();
    assert.equal(store.isSampled(now - 60_000, now), true);
    assert.equal(store.isSampled(now - 900_000, now - 600_000), false);
  });

  it('keeps every tenth event where only a part is wanted', async () => {
    const { recorder, list } = await open({ log: 'sampled' });
    for (let i = 0; i < 40; i += 1) pass(recorder);
    assert.equal((await list()).length, 4);
  });

  it('adds what comes later to what is written, also when only the id is known', async () => {
    const { store, recorder, list } = await open();
    const event = pass(recorder);
    await recorder.flush();
    recorder.later(event.id, { kind: 'receipt', outcome: 'shown', node: forward });
    recorder.step(event, failed);
    assert.equal((await list())[0]?.outcome, 'failed');
    assert.equal(store.get(event.id)?.steps.length, 4);
  });

  it('writes nothing about an event that it never knew, unless that failed', async () => {
    const { recorder, list } = await open();
    recorder.later('stranger', { kind: 'receipt', outcome: 'shown', node: forward });
    recorder.step(incomingEvent(), done);
    assert.deepEqual(await list(), []);
    recorder.step(incomingEvent(), failed);
    assert.equal((await list()).length, 1);
  });

  it('takes what a step says as it was then, whatever the flow does with it', async () => {
    const { store, recorder } = await open();
    const event = incomingEvent();
    const detail = { response: { body: 'as it came' } };
    const variables = { ORDER: '1' };
    recorder.received(event);
    recorder.step(event, { ...done, detail, variables });
    detail.response.body = 'changed';
    variables.ORDER = '2';
    await recorder.flush();
    const entry = store.get(event.id);
    assert.deepEqual(entry?.steps[1]?.detail.response, { body: 'as it came' });
    assert.deepEqual(entry?.variables, { ORDER: '1' });
  });

  it('throws at nobody what a message throws when it is looked at', async () => {
    const { recorder, list } = await open();
    const variables = Object.defineProperty({}, 'ORDER', {
      enumerable: true,
      get: () => assert.fail('Nobody may look.'),
    });
    pass(recorder, { ...done, variables });
    assert.equal((await list()).length, 1);
    assert.match(warnings.join(), /Nobody may look/);
  });

  it('leaves out what no entry can be made of, and nothing else', async () => {
    const { recorder, list } = await open();
    const kept = pass(recorder);
    const { interaction: _, ...formless } = incomingEvent();
    recorder.step({ ...formless, interaction: {} } as WhatsAppEvent, failed);
    const contact = { id: 'c', phone: 7 };
    recorder.step({ ...incomingEvent(), contact } as unknown as WhatsAppEvent, failed);
    recorder.request(() => ({ ...requestEntry('request-1'), variables: { huge: 1n as never } }));
    assert.deepEqual(
      (await list()).map(({ id }) => id),
      [kept.id],
    );
    assert.match(warnings.join(), /could not be written down/);
  });

  it('keeps of an event that only the flow knows what a log can bear, and says what it lacks', async () => {
    const { store, recorder, list } = await open();
    const strange = { ...incomingEvent(), receivedAt: 'soon', huge: 1n, own: {} };
    strange.own = strange;
    recorder.step(strange, failed);
    const long = { ...incomingEvent(), note: 'x'.repeat(600) };
    recorder.step(long, failed);
    const whole = incomingEvent();
    recorder.step(whole, failed);
    assert.equal((await list()).length, 3);
    const entry = store.get(strange.id);
    assert.equal(entry?.summary.at, entry?.steps[0]?.at);
    assert.deepEqual(entry?.masked, ['event']);
    assert.deepEqual(store.get(long.id)?.masked, ['event']);
    assert.deepEqual(store.get(whole.id)?.masked, []);
    assert.deepEqual(store.get(whole.id)?.event, whole);
  });

  it('takes the event of the inbox for the one that it had from the flow', async () => {
    const { store, recorder } = await open();
    const event = incomingEvent({ redelivered: true });
    recorder.step({ ...event, name: 'message.outgoing' }, failed);
    recorder.received(event);
    await recorder.flush();
    const entry = store.get(event.id);
    assert.equal(entry?.event?.name, 'message.incoming');
    assert.equal(entry?.steps.length, 2);
  });

  it('bounds what strangers can make it write', async () => {
    const { recorder, list } = await open();
    let made = 0;
    for (let i = 0; i < 100; i += 1) {
      recorder.request(() => {
        made += 1;
        return requestEntry(`request-${i}`);
      });
    }
    assert.ok(made <= 5, `${made} of 100`);
    assert.equal((await list()).length, made);
  });

  it('deletes what is older than its days', async () => {
    const { recorder, list } = await open({ logDays: 1 });
    const old = incomingEvent({ receivedAt: '2020-01-01T00:00:00.000Z' });
    recorder.received(old);
    recorder.landed(old);
    assert.deepEqual(await list(), []);
  });

  it('deletes the oldest when the file is too big', async () => {
    const { store, recorder } = await open({ logSample: 1000, logDays: 3650 }, 700_000);
    for (let i = 0; i < 900; i += 1) pass(recorder);
    await recorder.flush();
    while (store.sweep(0));
    const { events } = await store.find({ limit: 1000 });
    assert.ok(events.length > 0 && events.length < 900, `${events.length} left`);
  });

  it('sets a damaged file aside, says so and begins anew', async () => {
    await writeFile(file(), 'This was a database once. '.repeat(400));
    const { recorder, list } = await open();
    assert.match(warnings.join(), /cannot be read .* It is now .*kept\.log\.sqlite\.damaged/);
    pass(recorder);
    assert.equal((await list()).length, 1);
    const names = await readdir(folder());
    assert.ok(names.includes('kept.log.sqlite.damaged'));
  });

  it('begins anew when it finds the damage only later, but not for a full disk', async () => {
    const { store, recorder, list } = await open();
    pass(recorder);
    await recorder.flush();
    assert.equal(await store.mend(new Error('database or disk is full')), false);
    assert.equal((await list()).length, 1);
    assert.equal(await store.mend(new Error('database disk image is malformed')), true);
    assert.deepEqual(await list(), []);
    pass(recorder);
    assert.equal((await list()).length, 1);
    assert.match(warnings.join(), /is damaged/);
  });

  it("leaves another program's file alone", async () => {
    const foreign = new DatabaseSync(file());
    foreign.exec('PRAGMA application_id = 42; CREATE TABLE t (x)');
    foreign.close();
    await assert.rejects(open(), /no log of these nodes/);
    assert.deepEqual(await readdir(folder()), ['kept.log.sqlite']);
  });

  it('is for nobody else on this machine, where files have such rights', async () => {
    await open();
    const others = (await stat(file())).mode & 0o077;
    assert.ok(others === 0 || process.platform === 'win32');
  });
});

function requestEntry(id: string) {
  const at = new Date().toISOString();
  const why = { key: 'badSignature' as const, values: {} };
  const account = { id: 'shop', name: 'Shop' };
  const known = { id, at, name: 'request' as const, account, contact: '', interactionId: '' };
  const summary = { ...known, text: '', outcome: 'refused' as const, why };
  return { summary, event: null, variables: {}, masked: [], steps: [] };
}
