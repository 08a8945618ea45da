/** The flow whose process is killed: webhook, trigger, forward. */
import { appSecret, businessNumber, phoneNumberId, verifyToken } from '../fixtures/meta.ts';
import type { FlowItem } from '../support/node-red-process.ts';

export const webhookPath = '/whatsapp/crash';
export const credentials = { number: { appSecret, verifyToken } };

export function crashFlow(sinkPort: number): FlowItem[] {
  return [
    { id: 'tab', type: 'tab', label: 'Crash' },
    {
      id: 'number',
      type: 'whatsapp-account',
      name: 'Shop',
      provider: 'meta',
      accountId: phoneNumberId,
      number: businessNumber,
      path: 'crash',
    },
    { id: 'in', type: 'whatsapp-in', z: 'tab', x: 100, y: 100, account: '', wires: [['incoming']] },
    {
      id: 'incoming',
      type: 'trigger-condition',
      z: 'tab',
      x: 300,
      y: 100,
      all: [{ field: 'message', operator: 'equals', value: 'incoming' }],
      wires: [['forward'], []],
    },
    {
      id: 'forward',
      type: 'url-forward',
      z: 'tab',
      x: 500,
      y: 100,
      method: 'POST',
      url: `http://127.0.0.1:${sinkPort}/effects`,
      eventData: 'selected',
      selected: ['messageid', 'text'],
      bodyFormat: 'json',
      retry: 'durable',
      allow: [`127.0.0.1:${sinkPort}`],
      wires: [[]],
    },
  ];
}
