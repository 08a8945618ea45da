import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { mock } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { Node, NodeAPI, NodeStatus } from 'node-red';
import { TriggerError } from '../../../src/errors.ts';
import type { News } from '../../../src/receiver/news.ts';
import type { TriggerStore } from '../../../src/store/contract.ts';
import { setHealth } from '../../../nodes/shared/health.ts';
import { houseOf, type LiveAccount } from '../../../nodes/shared/house.ts';
import { watchAccount } from '../../../nodes/shared/standings.ts';
import { type AccountStatus, showAccount } from '../../../nodes/whatsapp-in/account-status.ts';

/** Texts as their last key and their values, without what depends on the hour of the test. */
const translate = (key: string, { at, ...values }: Record<string, unknown> = {}): string =>
  [
    key.split('.').slice(2).join('.'),
    ...Object.values(values),
    ...(at === undefined ? [] : ['…']),
  ].join(' ');
const hour = 3_600_000;
const quiet = (): void => undefined;

describe('the status of whatsapp-in', () => {
  let RED: NodeAPI;
  let nodes: EventEmitter[];
  let shown: NodeStatus[];
  let status: AccountStatus;

  beforeEach(() => {
    nodes = [];
    shown = [];
    mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000 * hour });
    const log = { info: quiet, warn: quiet };
    RED = { events: new EventEmitter(), settings: {}, log, _: translate } as unknown as NodeAPI;
  });
  afterEach(() => {
    status.stop();
    nodes.forEach((node) => node.emit('close', true, quiet));
    mock.timers.reset();
  });

  function nodeOf(id: string): Node {
    const node = Object.assign(new EventEmitter(), {
      id,
      warn: quiet,
      error: quiet,
      status: (one: NodeStatus) => shown.push(one),
    });
    nodes.push(node);
    return node as unknown as Node;
  }
  function account(id: string, name: string, more: { heardAt?: number; quietAfter?: number } = {}) {
    const { heardAt, quietAfter = 0 } = more;
    const store = {
      heardAt: () => Promise.resolve(heardAt),
      measure: () => Promise.resolve({ filling: [] }),
    } as unknown as TriggerStore;
    const live = { id, policy: { account: { name } }, inbox: { store, behind: false } };
    houseOf(RED).accounts.set(id, live as unknown as LiveAccount);
    watchAccount(RED, nodeOf(id), { name, quietAfter, store });
  }
  const show = (accountId = 'shop'): void => {
    status = showAccount(RED, nodeOf('in'), accountId);
  };
  const hear = (news: News, id = 'shop'): void => {
    houseOf(RED).accountNews.emit('news', [id], news);
  };

  /** The text and colour of what is shown when everything has been told. */
  async function showing(later = 2_000): Promise<string> {
    await setImmediate();
    mock.timers.tick(later);
    const last = shown.at(-1);
    return typeof last === 'object' ? `${last.fill} ${last.text}` : '';
  }
  const received: News = { kind: 'received', account: 'shop', events: 2, duplicates: 0 };

  it('says that nothing has come yet, or when the last event came before the start', async () => {
    account('shop', 'Shop');
    show();
    assert.equal(await showing(), 'grey waiting');
    status.stop();
    account('shop', 'Shop', { heardAt: 1 });
    show();
    assert.equal(await showing(), 'grey lastEvent …');
  });

  it('counts what came and what the flow has not finished with', async () => {
    account('shop', 'Shop');
    show();
    hear(received);
    status.took();
    status.took();
    assert.equal(await showing(), 'green received 2 · inFlight 2');
    status.landed('finished');
    status.landed('finished');
    assert.equal(await showing(), 'green received 2');
  });

  it('is yellow once a node kept an event until it was let go', async () => {
    account('shop', 'Shop');
    show();
    hear(received);
    status.took();
    status.landed('let go');
    assert.equal(await showing(), 'yellow received 2 · letGo 1');
  });

  it('shows what is wrong until an event comes in again, whatever the flow does', async () => {
    account('shop', 'Shop');
    show();
    hear({ kind: 'refused', reason: 'signature' });
    status.took();
    assert.equal(await showing(), 'yellow refused.signature …');
    status.landed('finished');
    hear(received);
    assert.equal(await showing(), 'green received 2');
  });

  it('still knows after a deploy of its own what was wrong before', async () => {
    account('shop', 'Shop');
    show();
    hear({ kind: 'refused', reason: 'token' });
    status.stop();
    show();
    assert.equal(await showing(), 'yellow refused.token …');
  });

  it('is red while the account cannot send, though events come in', async () => {
    account('shop', 'Shop');
    show();
    setHealth(RED, 'shop', 'The token has ended.');
    hear(received);
    assert.equal(await showing(), 'red cannotSend The token has ended.');
    setHealth(RED, 'shop', undefined);
    assert.equal(await showing(), 'green received 2');
  });

  it('is red while the store fails', async () => {
    account('shop', 'Shop');
    show();
    hear({ kind: 'failed', error: new TriggerError('E_STORE', 'No.') });
    assert.equal(await showing(), 'red failed E_STORE …');
  });

  it('says since when an account is quiet, at once after a start as well', async () => {
    account('shop', 'Shop', { heardAt: 975 * hour, quietAfter: 24 });
    show();
    assert.equal(await showing(), 'yellow quiet …');
    hear(received);
    assert.equal(await showing(), 'green received 2');
  });

  it('turns yellow by the mere time, when nothing has ever come', async () => {
    account('shop', 'Shop', { quietAfter: 24 });
    show();
    assert.equal(await showing(23 * hour), 'grey waiting');
    await showing(2 * hour);
    assert.equal(await showing(), 'yellow neverReceived …');
  });

  it('names the account of which the most is wrong, where it shows several', async () => {
    account('shop', 'Shop');
    account('desk', 'Desk');
    show('');
    hear({ kind: 'unknown number', number: '99' });
    assert.equal(await showing(), 'yellow ofAccount Shop unknownNumber 99 …');
    setHealth(RED, 'desk', 'No key.');
    assert.equal(await showing(), 'red ofAccount Desk cannotSend No key.');
  });
});
