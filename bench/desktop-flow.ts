/**
 * A desktop of many agents. Who writes to its queue gets an agent, and from then on each message is a
 * popup for that agent alone; an order that comes over HTTP is a popup for everybody.
 */
import { join } from 'node:path';
import { appSecret, businessNumber, verifyToken } from '../test/fixtures/meta.ts';
import { type FlowItem, type NodeRed, startNodeRed } from '../test/support/node-red-process.ts';
import type { Issuer } from '../test/support/tokens.ts';
import { numberOf } from './flow.ts';

const account = 'number';
/** Where orders for everybody come to. */
export const orderPath = '/order';

/** What an order brings along. */
export interface Order {
  readonly title: string;
  readonly name: string;
}

export const agentNames = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `agent-${index}`);

/** What a popup says beside its text: with it, it is 2 KB long. */
export const filling = '<p>Ordine 9/9, spedito ieri, in consegna domani.</p>'.repeat(38);

export function startDesktop(issuer: Issuer, usernames: readonly string[]): Promise<NodeRed> {
  return startNodeRed({
    flows: [
      { id: 'tab', type: 'tab', label: 'Bench' },
      {
        id: 'desktop',
        type: 'agent-desktop',
        path: 'agents',
        agents: usernames.map((username) => ({ username, name: username, role: 'agent' })),
        signOn: 'jwt',
        jwtKey: issuer.publicKey,
      },
      {
        id: 'queue',
        type: 'whatsapp-queue',
        name: 'Sales',
        desktop: 'desktop',
        strategy: 'roundRobin',
      },
      {
        id: account,
        type: 'whatsapp-account',
        provider: 'meta',
        accountId: numberOf(0),
        number: businessNumber,
        path: 'bench',
        queue: 'queue',
      },
      ...placed([
        { id: 'in', type: 'whatsapp-in', account, wires: [['has-agent']] },
        {
          id: 'has-agent',
          type: 'trigger-condition',
          all: [
            { field: 'message', operator: 'equals', value: 'incoming' },
            { field: 'agent', operator: 'exists' },
          ],
          wires: [['popup'], []],
        },
        popup('popup', 'event', '{{text}}', '{{calleridname}}'),
        {
          id: 'order',
          type: 'http in',
          method: 'post',
          url: orderPath,
          wires: [['taken', 'popup-all']],
        },
        { id: 'taken', type: 'http response', statusCode: '202', wires: [] },
        popup('popup-all', 'all', '{{payload.title}}', '{{payload.name}}'),
      ]),
    ],
    credentials: { [account]: { appSecret, verifyToken } },
    preload: join(import.meta.dirname, 'usage.ts'),
  });
}

function popup(id: string, target: string, title: string, name: string): FlowItem {
  return {
    id,
    type: 'browser-popup',
    desktop: 'desktop',
    title,
    content: `<p>${name}</p>${filling}`,
    target,
    repeat: 'stack',
    wires: [[]],
  };
}

function placed(nodes: readonly FlowItem[]): FlowItem[] {
  return nodes.map((node, index) => ({ ...node, z: 'tab', x: 200, y: 40 * index }));
}
