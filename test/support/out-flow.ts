/** The node "out" between a message and the ends that it can take, with an account at the fake Graph API. */
import { join } from 'node:path';
import triggerStore from '../../nodes/trigger-store/trigger-store.ts';
import account from '../../nodes/whatsapp-account/whatsapp-account.ts';
import whatsappIn from '../../nodes/whatsapp-in/whatsapp-in.ts';
import whatsappOut from '../../nodes/whatsapp-out/whatsapp-out.ts';
import type { WhatsAppEvent } from '../../src/event/event.ts';
import { incomingEvent } from '../fixtures/event.ts';
import { useFake } from './fake-api.ts';
import { graphToken, startFakeGraph } from './fake-graph.ts';
import {
  core,
  deploy,
  type FlowNode,
  nextInput,
  node,
  settings,
  type TestMessage,
} from './flow.ts';
import { useTempFolder } from './temp-folder.ts';

const registers = [account, triggerStore, whatsappIn, whatsappOut, core('common/25-catch')];

export const credentials = {
  shop: { appSecret: 'secret', verifyToken: 'token', accessToken: graphToken },
};

let contacts = 0;

/** An event of a contact of its own: too many answers to one would be taken for a loop. */
export function eventOf(more: Partial<WhatsAppEvent> = {}): WhatsAppEvent {
  contacts += 1;
  const phone = `+39333${1_000_000 + contacts}`;
  const contact = { id: `contact-${contacts}`, phone, name: 'Giulia Müller' };
  return incomingEvent({ contact, ...more });
}

/** `waits`: the seconds between the tries. */
export function useOut(waits: readonly number[] = [0.01]) {
  const graph = useFake(startFakeGraph);
  const folder = useTempFolder();
  beforeEach(() => settings({ userDir: folder(), whatsappTriggers: { send: { waits } } }));
  afterEach(() => settings({}));

  function flow(properties: object, ...others: readonly FlowNode[]): FlowNode[] {
    const placed = { z: 'tab', x: 0, y: 0 };
    return [
      { id: 'tab', type: 'tab' },
      { id: 'store', type: 'trigger-store', file: join(folder(), 'store.sqlite') },
      {
        id: 'shop',
        type: 'whatsapp-account',
        name: 'Shop',
        provider: 'meta',
        accountId: '1234567890',
        number: '+39021234567',
        path: 'a-long-random-path',
        apiUrl: graph().url,
        store: 'store',
      },
      { ...placed, id: 'out', type: 'whatsapp-out', ...properties, wires: [['sent']] },
      { ...placed, id: 'sent', type: 'helper' },
      { ...placed, id: 'catch', type: 'catch', scope: ['out'], wires: [['caught']] },
      { ...placed, id: 'caught', type: 'helper' },
      { ...placed, id: 'in', type: 'whatsapp-in', account: 'shop', wires: [['told']] },
      { ...placed, id: 'told', type: 'helper' },
      ...others,
    ];
  }

  function start(properties: object = { text: 'Ciao' }, ...others: readonly FlowNode[]) {
    return deploy(registers, flow(properties, ...others), credentials);
  }

  /** Gives the node a message and answers what comes out, at whichever end. */
  function send(msg: object = { payload: eventOf() }): Promise<TestMessage> {
    const end = Promise.race([nextInput('sent'), nextInput('caught')]);
    node('out').receive(structuredClone(msg));
    return end;
  }

  /** What a node showed, the last first. */
  function statuses(id: string): TestMessage[] {
    const { args, thisValues } = node(id).status as any;
    const own = args.filter((_: unknown, at: number) => thisValues[at].id === id);
    return own.map(([status]: TestMessage[]) => status).reverse();
  }

  return { graph, folder, flow, start, send, statuses };
}
