/**
 * A contact centre as its flow builder sets it up: four queues with a number each, popups and CTI pages
 * for the agent that a message names, and a CRM that is told of every event.
 */
import type { Crm } from '../support/crm.ts';
import type { FlowItem, NodeRed } from '../support/node-red-process.ts';
import { createIssuer } from '../support/tokens.ts';
import { placed } from './main-job-flow.ts';

export const issuer = createIssuer('ES256');

export interface Person {
  readonly username: string;
  readonly name: string;
  readonly role: 'agent' | 'supervisor';
}

export const anna: Person = { username: 'anna', name: 'Anna Conti', role: 'agent' };
export const bruno: Person = { username: 'bruno', name: 'Bruno Ferri', role: 'agent' };
export const carla: Person = { username: 'carla', name: 'Carla Greco', role: 'agent' };
export const dora: Person = { username: 'dora', name: 'Dora Leone', role: 'supervisor' };

const staff = [anna, bruno, carla, dora];
const talking = [anna, bruno, carla].map(({ username }) => username);

/** A queue, and the simulated number whose customers it gets; the ids of both are these. */
const queues = [
  { id: 'shop', name: 'Shop', strategy: 'everyone', timeout: 60, agents: talking },
  { id: 'support', name: 'Support', strategy: 'roundRobin', timeout: 60, agents: talking },
  {
    id: 'hotline',
    name: 'Hotline',
    strategy: 'roundRobin',
    timeout: 3,
    agents: ['bruno', 'carla'],
  },
] as const;
const accounts = [...queues.map(({ id }) => id), 'pages'] as const;
export type Account = (typeof accounts)[number];

export function agentsFlow(crm: Crm): FlowItem[] {
  return [
    { id: 'tab', type: 'tab', label: 'Contact centre' },
    {
      id: 'desk',
      type: 'agent-desktop',
      name: 'Front desk',
      path: 'agents',
      agents: staff,
      frames: [crm.host],
      signOn: 'jwt',
      jwtKey: issuer.publicKey,
    },
    ...queues.flatMap((queue) => [
      { ...queue, id: `${queue.id}-queue`, type: 'whatsapp-queue', desktop: 'desk' },
      { ...number(queue.id), queue: `${queue.id}-queue` },
    ]),
    number('pages'),
    ...placed([
      ...queues.map(({ id }) => ({ ...node(`in-${id}`, 'whatsapp-in', 'tell'), account: id })),
      { ...node('tell', 'url-forward'), url: `${crm.url}/events`, allow: [crm.host] },
      {
        ...node('in-pages', 'whatsapp-in', 'popup?', 'tab?', 'window?'),
        account: 'pages',
      },
      ...page('popup', {
        type: 'browser-popup',
        title: '{{text}}',
        content: '<p>{{calleridname}}</p><b>{{calleridnum}}</b>',
      }),
      ...page('tab', {
        type: 'cti-url',
        location: 'dashboard',
        tabTitle: 'CRM {{calleridname}}',
        url: `${crm.url}/cti?TEXT={{text}}`,
        repeat: 'replace',
      }),
      ...page('window', {
        type: 'cti-url',
        location: 'window',
        tabTitle: 'Card of {{calleridname}}',
        url: `${crm.url}/card?CALLER={{calleridnum}}`,
      }),
    ]),
  ];
}

/** For messages whose text begins with the name of the node: shown to the agent who is the customer's name. */
function page(name: string, action: object): FlowItem[] {
  return [
    {
      ...node(`${name}?`, 'trigger-condition', name),
      all: [{ field: 'message.text', operator: 'startsWith', value: name }],
    },
    {
      ...node(name, ''),
      desktop: 'desk',
      target: 'agents',
      agents: ['{{calleridname}}'],
      repeat: 'stack',
      ...action,
    },
  ];
}

function number(id: Account): FlowItem {
  const line = `+39 02 0000 10${accounts.indexOf(id)}`;
  const provider = 'simulator';
  return {
    id,
    type: 'whatsapp-account',
    name: `The ${id}`,
    provider,
    path: `${id}-line`,
    number: line,
  };
}

function node(id: string, type: string, ...next: readonly string[]): FlowItem {
  return { id, type, z: 'tab', wires: [next] };
}

/** A customer writes, as on the simulator's page; resolves when it is stored. */
export async function write(
  nodeRed: NodeRed,
  account: Account,
  name: string,
  text: string,
): Promise<void> {
  const customer = { name, phone: phoneOf(name) };
  const answer = await fetch(`${nodeRed.url}/whatsapp-triggers/simulator/send`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account, customer, happening: { kind: 'text', text } }),
  });
  if (!answer.ok)
    throw new Error(`The simulator answered ${answer.status}: ${await answer.text()}`);
}

const phones = new Map<string, string>();

function phoneOf(name: string): string {
  const known = phones.get(name) ?? `+39333${1_000_000 + phones.size}`;
  phones.set(name, known);
  return known;
}
