/** The measured flow: for each target an account of its own, whatsapp-in and url-forward. */
import { join } from 'node:path';
import { appSecret, businessNumber, phoneNumberId, verifyToken } from '../test/fixtures/meta.ts';
import { type FlowItem, type NodeRed, startNodeRed } from '../test/support/node-red-process.ts';

export const path = '/whatsapp/bench';

/** Meta's id of the number whose messages go to the target of that place. */
export function numberOf(index: number): string {
  return `${phoneNumberId}${index}`;
}

export const accountOf = (index: number): string => `number-${index}`;

/** With `log`, a trigger stands before each url-forward, and the store keeps a log or none. */
export function startForwarding(targets: readonly string[], log?: 'on' | 'off'): Promise<NodeRed> {
  const kept = log ? [{ id: 'store', type: 'trigger-store', log }] : [];
  return startNodeRed({
    flows: [
      { id: 'tab', type: 'tab', label: 'Bench' },
      ...kept,
      ...targets.flatMap((url, index) => forwarding(url, index, log !== undefined)),
    ],
    credentials: Object.fromEntries(
      targets.map((_, index) => [accountOf(index), { appSecret, verifyToken }]),
    ),
    preload: join(import.meta.dirname, 'usage.ts'),
  });
}

function forwarding(url: string, index: number, asks: boolean): FlowItem[] {
  const trigger: FlowItem = {
    id: `trigger-${index}`,
    type: 'trigger-condition',
    z: 'tab',
    x: 200,
    y: 40 * index,
    all: [{ field: 'message', operator: 'equals', value: 'incoming' }],
    wires: [[`forward-${index}`], []],
  };
  return [
    ...(asks ? [trigger] : []),
    {
      id: accountOf(index),
      type: 'whatsapp-account',
      provider: 'meta',
      accountId: numberOf(index),
      number: businessNumber,
      path: 'bench',
      store: asks ? 'store' : '',
    },
    {
      id: `in-${index}`,
      type: 'whatsapp-in',
      z: 'tab',
      account: accountOf(index),
      x: 100,
      y: 40 * index,
      wires: [[`${asks ? 'trigger' : 'forward'}-${index}`]],
    },
    {
      id: `forward-${index}`,
      type: 'url-forward',
      z: 'tab',
      x: 300,
      y: 40 * index,
      method: 'POST',
      url,
      bodyFormat: 'json',
      retry: 'durable',
      allow: [new URL(url).host],
      wires: [[]],
    },
  ];
}
