/** One number whose offers stand, and one whose conversations, popups and tabs go to an agent at once. */
import { appSecret, businessNumber, phoneNumberId, verifyToken } from '../fixtures/meta.ts';
import type { Crm } from '../support/crm.ts';
import type { FlowItem } from '../support/node-red-process.ts';
import { createIssuer } from '../support/tokens.ts';
import { placed } from './main-job-flow.ts';

export const issuer = createIssuer('EdDSA');
/** Fifty offers are shown to an agent at a time. */
export const agents = Array.from({ length: 6 }, (_, index) => `agent-${index}`);
export const supervisor = 'watcher';

export const offered = `${phoneNumberId}1`;
export const given = `${phoneNumberId}2`;

export const hostileCredentials = Object.fromEntries(
  ['offers', 'given'].map((id) => [id, { appSecret, verifyToken }]),
);

export function hostileFlow(crm: Crm): FlowItem[] {
  return [
    { id: 'tab', type: 'tab', label: 'Hostile' },
    {
      id: 'desk',
      type: 'agent-desktop',
      path: 'agents',
      agents: [
        ...agents.map((username) => ({ username, name: username, role: 'agent' })),
        { username: supervisor, name: supervisor, role: 'supervisor' },
      ],
      frames: [crm.host],
      signOn: 'jwt',
      jwtKey: issuer.publicKey,
    },
    { ...queue('offers-queue', agents), strategy: 'roundRobin' },
    // The flow itself says whose these are.
    queue('given-queue', ['nobody']),
    number('offers', offered),
    number('given', given),
    ...placed([
      { ...node('in', 'whatsapp-in', 'whose'), account: 'given', events: ['message.incoming'] },
      {
        ...node('whose', 'function', 'assign'),
        func: "msg.variables.WHOSE = 'agent-' + (Number(msg.payload.contact.phone.slice(-4)) % 6);\nreturn msg;",
        outputs: 1,
      },
      {
        ...node('assign', 'interaction', 'popup', 'dashboard'),
        action: 'assign',
        agent: '{{WHOSE}}',
      },
      {
        ...node('popup', 'browser-popup'),
        ...forOne,
        title: '{{text}}',
        content:
          '<h1>{{calleridname}}</h1><p title="{{text}}">{{text}}</p><a href="{{text}}">{{text}}</a>' +
          "<div style='color:{{text}}' data-x='{{text}}'>{{calleridname}}</div>",
      },
      {
        ...node('dashboard', 'cti-url'),
        ...forOne,
        location: 'dashboard',
        tabTitle: '{{text}}',
        url: `${crm.url}/cti?TEXT={{text}}&NAME={{calleridname}}`,
      },
    ]),
  ];
}

const forOne = { desktop: 'desk', target: 'agents', agents: ['{{WHOSE}}'], repeat: 'once' };

function queue(id: string, members: readonly string[]): FlowItem {
  const type = 'whatsapp-queue';
  return { id, type, name: `Queue ${id}`, desktop: 'desk', timeout: 600, agents: members };
}

function number(id: string, accountId: string): FlowItem {
  return {
    id,
    type: 'whatsapp-account',
    name: `Number of ${id}`,
    provider: 'meta',
    accountId,
    number: businessNumber,
    path: 'hostile',
    queue: `${id}-queue`,
  };
}

function node(id: string, type: string, ...next: readonly string[]): FlowItem {
  return { id, type, z: 'tab', wires: [next] };
}
