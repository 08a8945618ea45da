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

export function startForwarding(targets: readonly string[]): Promise<NodeRed> {
  return startNodeRed({
    flows: [
      { id: 'tab', type: 'tab', label: 'Bench' },
      ...targets.flatMap((url, index) => forwarding(url, index)),
    ],
    credentials: Object.fromEntries(
      targets.map((_, index) => [accountOf(index), { appSecret, verifyToken }]),
    ),
    preload: join(import.meta.dirname, 'usage.ts'),
  });
}

function forwarding(url: string, index: number): FlowItem[] {
  return [
    {
      id: accountOf(index),
      type: 'whatsapp-account',
      provider: 'meta',
      accountId: numberOf(index),
      number: businessNumber,
      path: 'bench',
    },
    {
      id: `in-${index}`,
      type: 'whatsapp-in',
      z: 'tab',
      account: accountOf(index),
      x: 100,
      y: 40 * index,
      wires: [[`forward-${index}`]],
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
