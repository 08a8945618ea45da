/** Every node and every config node, each in a way that holds on to something. */
import { appSecret, businessNumber, phoneNumberId, verifyToken } from '../fixtures/meta.ts';
import type { FlowItem } from '../support/node-red-process.ts';
import { placed } from './main-job-flow.ts';

export interface Places {
  /** A script in a folder that is allowed. */
  readonly script: string;
  /** A store's file. */
  readonly store: string;
}

const path = 'numbers';
export const webhook = `/whatsapp/${path}`;

/** `mark` is in the id of every node: with another one, all of them are new to Node-RED. */
export function everyNode({ script, store }: Places, mark: string): FlowItem[] {
  const id = (name: string): string => `${mark}-${name}`;
  const page = { desktop: id('desktop'), target: 'queue', receipts: true };
  return [
    { id: id('tab'), type: 'tab', label: 'Every node' },
    { id: id('store'), type: 'trigger-store', file: store },
    { id: id('desktop'), type: 'agent-desktop', path: 'agents', agents: [] },
    { id: id('queue'), type: 'whatsapp-queue', desktop: id('desktop'), strategy: 'roundRobin' },
    { id: id('variables'), type: 'trigger-variables', variables: [{ name: 'ORDERNUM' }] },
    { id: id('template'), type: 'popup-template', title: '{{calleridname}}', content: '{{text}}' },
    {
      id: id('account'),
      type: 'whatsapp-account',
      name: 'Shop',
      provider: 'meta',
      accountId: phoneNumberId,
      number: businessNumber,
      path,
      queue: id('queue'),
      store: id('store'),
      credentials: { appSecret, verifyToken, accessToken: 'a token' },
    },
    { id: id('phone'), type: 'whatsapp-account', provider: 'simulator', path: 'phone' },
    ...placed([
      ...chain(id('tab'), [
        { id: id('in'), type: 'whatsapp-in', account: id('account') },
        {
          id: id('urgent'),
          type: 'trigger-condition',
          variables: id('variables'),
          all: [{ field: 'message.text', operator: 'matches', value: 'urgent|asap' }],
        },
        { id: id('popup'), type: 'browser-popup', template: id('template'), ...page },
        { id: id('cti'), type: 'cti-url', url: 'https://crm.example/?call={{uniqueid}}', ...page },
        { id: id('run'), type: 'script', scriptType: 'sh', script },
        { id: id('out'), type: 'whatsapp-out', account: id('phone'), text: 'Hello {{text}}' },
        { id: id('end'), type: 'interaction', action: 'close' },
        {
          id: id('forward'),
          type: 'url-forward',
          url: 'http://127.0.0.1:9/',
          allow: ['127.0.0.1:9'],
        },
      ]),
      { id: id('all'), type: 'whatsapp-in', z: id('tab'), delivery: true, wires: [[], []] },
    ]),
  ];
}

function chain(z: string, nodes: readonly FlowItem[]): FlowItem[] {
  return nodes.map((node, index) => {
    const next = nodes[index + 1];
    return { ...node, z, wires: next ? [[next.id], []] : [] };
  });
}
