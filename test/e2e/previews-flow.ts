/** One event, and every node whose form shows what it would make of it. */
import { appSecret, phoneNumberId, verifyToken } from '../fixtures/meta.ts';
import type { Crm } from '../support/crm.ts';
import type { FlowItem } from '../support/node-red-process.ts';

export const credentials = {
  shop: { appSecret, verifyToken },
  'url-forward': { token: 'crm-token' },
};

const variables = [
  { name: 'ORDERNUM', type: 'string', sample: '9/9', description: 'The order' },
  { name: 'CARD', type: 'string', sample: '4711', sensitive: true },
];

const actions = ['url-forward', 'cti-url', 'browser-popup', 'script', 'whatsapp-out'] as const;

export function previewsFlow(crm: Crm): FlowItem[] {
  const own: Record<(typeof actions)[number], object> = {
    'url-forward': {
      method: 'POST',
      url: `${crm.url}/heard?id={{uniqueid}}&o={{ORDERNUM}}`,
      bodyFormat: 'json',
      auth: 'bearer',
      allow: [crm.host],
      headers: [{ name: 'X-Who', value: '{{calleridnm}}' }],
    },
    'cti-url': {
      desktop: 'desktop',
      url: 'http://crm.example.com/?CALLER={{calleridnum}}&text={{text}}',
      location: 'dashboard',
      tabTitle: '{{calleridname}}',
    },
    'browser-popup': {
      desktop: 'desktop',
      title: 'Da {{calleridname}}',
      content: '<h1 onclick="alert(1)">{{text}}</h1><script>alert(2)</script><b>{{CARD}}</b>',
    },
    script: { scriptType: 'sh', script: 'greet.sh' },
    'whatsapp-out': { text: 'Ciao {{calleridname}}' },
  };
  return [
    { id: 'tab', type: 'tab', label: 'Previews' },
    {
      id: 'shop',
      type: 'whatsapp-account',
      name: 'Shop',
      provider: 'meta',
      accountId: phoneNumberId,
      number: '+39021234567',
      path: 'previews',
    },
    { id: 'desktop', type: 'agent-desktop', path: 'agents', agents: [], frames: ['other.host'] },
    { id: 'variables', type: 'trigger-variables', variables },
    {
      id: 'card',
      type: 'popup-template',
      name: 'Card',
      title: '{{calleridname}}',
      content: '<p>{{ORDERNUM}}</p>',
      sample: { calleridname: 'Mario' },
    },
    {
      id: 'in',
      type: 'whatsapp-in',
      z: 'tab',
      account: 'shop',
      x: 120,
      y: 60,
      wires: [['hop']],
    },
    { id: 'hop', type: 'junction', z: 'tab', x: 240, y: 60, wires: [[...actions]] },
    ...actions.map((type, index) => ({
      id: type,
      type,
      z: 'tab',
      x: 460,
      y: 60 + 60 * index,
      wires: [[]],
      ...own[type],
    })),
  ];
}
