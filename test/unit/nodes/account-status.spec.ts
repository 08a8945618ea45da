import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import type { Node, NodeAPI, NodeStatus } from 'node-red';
import { setHealth } from '../../../nodes/shared/health.ts';
import { houseOf, type LiveAccount } from '../../../nodes/shared/house.ts';
import type { News } from '../../../src/receiver/news.ts';
import { type AccountStatus, showAccount } from '../../../nodes/whatsapp-in/account-status.ts';

/** Texts as their last key and their values. */
const translate = (key: string, values: Record<string, unknown> = {}): string =>
  [key.split('.').slice(2).join('.'), ...Object.values(values)].join(' ');

describe('the status of whatsapp-in', () => {
  let RED: NodeAPI;
  let node: EventEmitter;
  let shown: EventEmitter<{ status: [NodeStatus] }>;
  let status: AccountStatus;

  beforeEach(() => {
    RED = { events: new EventEmitter(), _: translate } as unknown as NodeAPI;
    shown = new EventEmitter();
    node = Object.assign(new EventEmitter(), {
      status: (one: NodeStatus) => shown.emit('status', one),
      error: () => undefined,
    });
    status = showAccount(RED, node as unknown as Node, 'shop');
  });
  afterEach(() => {
    houseOf(RED).accounts.clear();
    status.stop();
    node.emit('close');
  });

  const hear = (news: News): void => {
    houseOf(RED).accountNews.emit('news', ['shop'], news);
  };

  /** Resolves with the first status that has this text. */
  const showing = (text: string): Promise<NodeStatus> =>
    new Promise((resolve) => {
      shown.on('status', (one) => {
        if (typeof one === 'object' && one.text === text) resolve(one);
      });
    });
  const received: News = { kind: 'received', account: 'shop', events: 2, duplicates: 0 };

  it('counts what came and what the flow has not finished with', async () => {
    const busy = showing('received 2 · inFlight 2');
    hear(received);
    status.took();
    status.took();
    assert.deepEqual(await busy, {
      fill: 'green',
      shape: 'dot',
      text: 'received 2 · inFlight 2',
    });
    const idle = showing('received 2');
    status.landed('finished');
    status.landed('finished');
    await idle;
  });

  it('is yellow once a node kept an event until it was let go', async () => {
    const yellow = showing('received 2 · letGo 1');
    hear(received);
    status.took();
    status.landed('let go');
    assert.equal(((await yellow) as { fill: string }).fill, 'yellow');
  });

  it('shows what is wrong until an event comes in again, whatever the flow does', async () => {
    const wrong = showing('refused.signature');
    hear({ kind: 'refused', reason: 'signature' });
    status.took();
    await wrong;
    const well = showing('received 2');
    status.landed('finished');
    hear(received);
    await well;
  });

  it('is red while the account cannot send, though events come in', async () => {
    const { accounts } = houseOf(RED);
    const account = { id: 'shop', policy: { account: { name: 'Shop' } }, inbox: {} };
    accounts.set('shop', account as unknown as LiveAccount);
    const ill = showing('cannotSend Shop The token has ended.');
    setHealth(withLog(RED), 'shop', 'The token has ended.');
    hear(received);
    assert.equal(((await ill) as { fill: string }).fill, 'red');
    const well = showing('received 2');
    setHealth(withLog(RED), 'shop', undefined);
    await well;
  });
});

function withLog(RED: NodeAPI): NodeAPI {
  const quiet = (): void => undefined;
  return Object.assign(RED, { log: { info: quiet, warn: quiet } });
}
