/** Flows in which something goes wrong again and again; what comes through is printed to the log. */
import { appSecret, businessNumber, phoneNumberId, verifyToken } from '../fixtures/meta.ts';
import type { FlowItem } from '../support/node-red-process.ts';
import { placed } from './main-job-flow.ts';

export const credentials = { shop: { appSecret, verifyToken } };

/** Every event goes through a function node; `out`, behind it, prints its text. */
export function functionFlow(
  name: string,
  func: string,
  more: readonly FlowItem[] = [],
): FlowItem[] {
  return [
    { id: 'tab', type: 'tab', label: 'Misbehaving' },
    account,
    ...placed([
      incoming(['f']),
      {
        id: 'f',
        type: 'function',
        z: 'tab',
        name,
        func,
        outputs: 2,
        libs: [],
        wires: [['out'], ['slow']],
      },
      {
        id: 'slow',
        type: 'delay',
        z: 'tab',
        pauseType: 'delay',
        timeout: '3',
        timeoutUnits: 'seconds',
        wires: [['out']],
      },
      {
        id: 'out',
        type: 'debug',
        z: 'tab',
        active: true,
        console: true,
        tosidebar: false,
        complete: 'payload.message.text',
        targetType: 'msg',
        wires: [],
      },
      ...more,
    ]),
  ];
}

export function scriptFlow(script: string): FlowItem[] {
  return [
    { id: 'tab', type: 'tab', label: 'Scripts' },
    account,
    ...placed([
      incoming(['run']),
      { id: 'run', type: 'script', z: 'tab', scriptType: 'bash', script, wires: [[]] },
    ]),
  ];
}

const account: FlowItem = {
  id: 'shop',
  type: 'whatsapp-account',
  name: 'Shop',
  provider: 'meta',
  accountId: phoneNumberId,
  number: businessNumber,
  path: 'messages',
};

function incoming(wires: readonly string[]): FlowItem {
  const events = ['message.incoming'];
  return { id: 'in', type: 'whatsapp-in', z: 'tab', account: 'shop', events, wires: [wires] };
}
