/** A shop whose trigger is about to be changed; its account is one of Meta's. */
import { appSecret, businessNumber, phoneNumberId, verifyToken } from '../fixtures/meta.ts';
import type { FlowItem } from '../support/node-red-process.ts';

export const credentials = { 'shop-number': { appSecret, verifyToken } };

/** What customers wrote, the oldest first; one of them means harm. */
export const texts = [
  'ordine 7',
  'Urgente: ordine 9',
  '<img src=x onerror="document.title=1">',
  'grazie',
] as const;

export function conditionsFlow(): FlowItem[] {
  return [
    { id: 'shop-flow', type: 'tab', label: 'Shop' },
    { id: 'front-desk', type: 'agent-desktop', path: 'sportello', agents: [] },
    { id: 'store', type: 'trigger-store', engine: 'embedded' },
    { id: 'vendite', type: 'whatsapp-queue', name: 'Vendite', desktop: 'front-desk' },
    {
      id: 'shop-number',
      type: 'whatsapp-account',
      name: 'Negozio',
      key: 'IT1',
      provider: 'meta',
      accountId: phoneNumberId,
      number: businessNumber,
      path: 'shop',
      store: 'store',
    },
    placed(
      { id: 'incoming', type: 'whatsapp-in', account: 'shop-number', wires: [['trigger'], []] },
      120,
    ),
    placed({ id: 'trigger', type: 'trigger-condition', all: [orders], wires: [[], []] }, 400),
    placed({ id: 'empty', type: 'trigger-condition', wires: [[], []] }, 400, 240),
  ];
}

const orders = { field: 'message.text', operator: 'contains', value: 'ordine' };

function placed(node: FlowItem, x: number, y = 120): FlowItem {
  return { ...node, z: 'shop-flow', x, y };
}
