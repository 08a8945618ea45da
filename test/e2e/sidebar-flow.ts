/** A shop on the simulator with a trigger and its actions, for the tests of the sidebar. */
import { appSecret } from '../fixtures/meta.ts';
import { passwordHash } from '../support/agents-page.ts';
import type { Crm } from '../support/crm.ts';
import type { FlowItem } from '../support/node-red-process.ts';
import { placed } from './main-job-flow.ts';

export const credentials = {
  'demo-number': { appSecret },
  'front-desk': { passwords: JSON.stringify({ anna: passwordHash('quattro galli') }) },
};

/** `refusing` answers 404: what goes there is dead at once. */
export function sidebarFlow(crm: Crm, refusing: Crm): FlowItem[] {
  return [
    { id: 'tab', type: 'tab', label: 'Sidebar' },
    {
      id: 'front-desk',
      type: 'agent-desktop',
      path: 'agents',
      agents: ['anna', 'bruno'].map((username) => ({ username, name: username, role: 'agent' })),
    },
    { id: 'sales', type: 'whatsapp-queue', name: 'Sales', desktop: 'front-desk' },
    {
      id: 'demo-number',
      type: 'whatsapp-account',
      name: 'Demo shop',
      path: 'demo',
      number: '+39 02 1',
      queue: 'sales',
    },
    ...placed([
      { id: 'in', type: 'whatsapp-in', z: 'tab', account: '', wires: [['urgent']] },
      {
        id: 'urgent',
        type: 'trigger-condition',
        name: 'Is it urgent?',
        z: 'tab',
        all: [{ field: 'message.text', operator: 'contains', value: 'urgent' }],
        any: [],
        wires: [['crm', 'dead'], []],
      },
      ...[
        { id: 'crm', name: 'Tell the CRM', url: `${crm.url}/tell`, allow: [crm.host] },
        { id: 'dead', name: 'Nobody there', url: `${refusing.url}/x`, allow: [refusing.host] },
      ].map((forward) => ({ type: 'url-forward', z: 'tab', wires: [[]], ...forward })),
    ]),
  ];
}
