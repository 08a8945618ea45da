/**
 * A desktop of many agents. Who writes to its queue gets an agent, and from then on each message is a
 * popup for that agent alone; what is written to the other number is a popup for everybody.
 */
import { join } from 'node:path';
import { appSecret, businessNumber, verifyToken } from '../test/fixtures/meta.ts';
import { type FlowItem, type NodeRed, startNodeRed } from '../test/support/node-red-process.ts';
import type { Issuer } from '../test/support/tokens.ts';
import { numberOf } from './flow.ts';

export const aimed = 0;
export const broadcast = 1;

export const agentNames = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `agent-${index}`);

/** What a popup says beside its text: with it, it is 2 KB long. */
export const filling = '<p>Ordine 9/9, spedito ieri, in consegna domani.</p>'.repeat(38);

export function startDesktop(issuer: Issuer, usernames: readonly string[]): Promise<NodeRed> {
  const accounts = [aimed, broadcast].map((index) => `number-${index}`);
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
      ...accounts.map((id, index) => account(id, index)),
      ...placed([
        { id: 'in', type: 'whatsapp-in', account: accounts[aimed], wires: [['has-agent']] },
        {
          id: 'has-agent',
          type: 'trigger-condition',
          all: [
            { field: 'message', operator: 'equals', value: 'incoming' },
            { field: 'agent', operator: 'exists' },
          ],
          wires: [['popup'], []],
        },
        popup('popup', 'event'),
        { id: 'in-all', type: 'whatsapp-in', account: accounts[broadcast], wires: [['popup-all']] },
        popup('popup-all', 'all'),
      ]),
    ],
    credentials: Object.fromEntries(accounts.map((id) => [id, { appSecret, verifyToken }])),
    preload: join(import.meta.dirname, 'usage.ts'),
  });
}

function account(id: string, index: number): FlowItem {
  return {
    id,
    type: 'whatsapp-account',
    provider: 'meta',
    accountId: numberOf(index),
    number: businessNumber,
    path: 'bench',
    ...(index === aimed && { queue: 'queue' }),
  };
}

function popup(id: string, target: string): FlowItem {
  return {
    id,
    type: 'browser-popup',
    desktop: 'desktop',
    title: '{{text}}',
    content: `<p>{{calleridname}}</p>${filling}`,
    target,
    repeat: 'stack',
    wires: [[]],
  };
}

function placed(nodes: readonly FlowItem[]): FlowItem[] {
  return nodes.map((node, index) => ({ ...node, z: 'tab', x: 200, y: 40 * index }));
}
