/** Accounts on real addresses, and one wire from every event to the CRM. */
import {
  appSecret,
  businessNumber,
  type Part,
  phoneNumberId,
  verifyToken,
} from '../fixtures/meta.ts';
import type { Crm } from '../support/crm.ts';
import type { FlowItem } from '../support/node-red-process.ts';
import { placed } from './main-job-flow.ts';

export const second = { id: '999000111222', secret: 'another secret of another number' };

export const credentials = {
  first: { appSecret, verifyToken },
  second: { appSecret: second.secret, verifyToken: 'second token' },
  clash: { appSecret, verifyToken },
  odd: { appSecret, verifyToken },
};

export function receiverFlow(crm: Crm): FlowItem[] {
  return [
    { id: 'tab', type: 'tab', label: 'Receiver' },
    account({ id: 'first', name: 'First', path: 'numbers' }),
    account({ id: 'second', name: 'Second', path: 'numbers', accountId: second.id }),
    ...placed([
      {
        id: 'in',
        type: 'whatsapp-in',
        z: 'tab',
        account: '',
        events: [],
        delivery: true,
        wires: [['events'], ['deliveries']],
      },
      forward('events', crm),
      forward('deliveries', crm),
    ]),
  ];
}

/** What is refused at deploy: two providers on one path, and a path that is no path. */
export const refusedAccounts: readonly FlowItem[] = [
  account({ id: 'clash', name: 'Clash', path: 'numbers', provider: 'simulator' }),
  account({ id: 'odd', name: 'Odd', path: '../flows?x=#', accountId: '1' }),
  ...placed([{ id: 'clash-in', type: 'whatsapp-in', z: 'tab', account: 'clash', wires: [[]] }]),
];

function account(properties: Part & { id: string }): FlowItem {
  return {
    type: 'whatsapp-account',
    provider: 'meta',
    accountId: phoneNumberId,
    number: businessNumber,
    ...properties,
  };
}

function forward(id: string, crm: Crm): FlowItem {
  return {
    id,
    type: 'url-forward',
    z: 'tab',
    url: `${crm.url}/${id}`,
    allow: [crm.host],
    wires: [[]],
  };
}
