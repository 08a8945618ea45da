/** A flow around one script node, and what its tests do with it. */
import script from '../../nodes/script/script.ts';
import {
  core,
  deploy,
  type FlowNode,
  nextInput,
  node,
  settings,
  type TestMessage,
} from './flow.ts';

const registers = [script, core('common/24-complete'), core('common/25-catch')];

export const scriptFlow = (properties: object): FlowNode[] => [
  { id: 'tab', type: 'tab' },
  { id: 'run', type: 'script', z: 'tab', wires: [['next']], ...properties },
  { id: 'next', type: 'helper', z: 'tab' },
  { id: 'failures', type: 'catch', z: 'tab', scope: ['run'], wires: [['caught']] },
  { id: 'caught', type: 'helper', z: 'tab' },
  { id: 'successes', type: 'complete', z: 'tab', scope: ['run'], wires: [['completed']] },
  { id: 'completed', type: 'helper', z: 'tab' },
];

/** Deploys a script node that may run what lies in the folder; none stands for no setting at all. */
export async function startScript(folder: string | undefined, properties: object): Promise<void> {
  settings(folder === undefined ? {} : { whatsappTriggers: { scripts: { folders: [folder] } } });
  await deploy(registers, scriptFlow(properties));
}

/** Sends a message to the node and answers what it sends on. */
export function through(msg: object): Promise<TestMessage> {
  const next = nextInput('next');
  node('run').receive(msg);
  return next;
}

/** Sends a message to the node and answers what reaches the Catch node. */
export function caught(msg: object = { payload: event('hello') }): Promise<TestMessage> {
  const failed = nextInput('caught');
  node('run').receive(msg);
  return failed;
}

/** The next status of a colour. */
export function status(fill: string): Promise<TestMessage> {
  return new Promise((resolve) => {
    node('run').on('call:status', ({ args: [shown] }) => shown.fill === fill && resolve(shown));
  });
}

export const event = (text: string): TestMessage => ({
  id: 'event-1',
  name: 'message.incoming',
  at: '2026-03-01T10:00:00.000Z',
  receivedAt: '2026-03-01T10:00:01.000Z',
  account: { id: 'a1', name: 'Shop', key: 'SHOP', provider: 'meta', number: '+39021' },
  interaction: { id: '17', state: 'open', openedAt: '2026-03-01T10:00:00.000Z' },
  message: { id: 'm1', verb: 'incoming', type: 'text', text, media: [] },
  contact: { id: 'c1', phone: '+39022', name: text },
  redelivered: false,
});
