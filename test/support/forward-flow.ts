/** The node "forward" between a sink and the ends that its messages can take. */
import assert from 'node:assert/strict';
import triggerVariables from '../../nodes/trigger-variables/trigger-variables.ts';
import urlForward from '../../nodes/url-forward/url-forward.ts';
import type { WhatsAppEvent } from '../../src/event/event.ts';
import { incomingEvent } from '../fixtures/event.ts';
import {
  core,
  deploy,
  type FlowNode,
  nextInput,
  node,
  settings,
  type TestMessage,
} from './flow.ts';
import { type Received, useSink } from './sink.ts';
import { useTempFolder } from './temp-folder.ts';

const registers = [
  urlForward,
  triggerVariables,
  core('common/25-catch'),
  core('common/24-complete'),
];

export const event: WhatsAppEvent = incomingEvent({
  id: 'event-1',
  interaction: { id: '17', change: 'opened', state: 'open', openedAt: '2026-11-22T10:00:00.000Z' },
  message: { id: 'wamid.1', verb: 'incoming', type: 'text', text: 'Ciao & "è" \ud83d', media: [] },
  contact: { id: 'c1', phone: '+39 02 1', name: 'Анна 100%' },
  queue: 'Sales & Co',
});

/** `schedule`: the seconds between the tries. */
export function useForward(schedule: readonly number[] = [60]) {
  const sink = useSink();
  const folder = useTempFolder();
  beforeEach(() => settings({ userDir: folder(), whatsappTriggers: { forward: { schedule } } }));
  afterEach(() => settings({}));

  /** The flow with a node that calls the sink; `more` goes before what is told here. */
  function flow(more: object = {}, ...others: readonly FlowNode[]): FlowNode[] {
    const forward = { url: sink().url, allow: ['127.0.0.1'], ...more };
    const nodes: FlowNode[] = [
      { id: 'forward', type: 'url-forward', ...forward, wires: [['out']] },
      { id: 'out', type: 'helper' },
      { id: 'catch', type: 'catch', scope: ['forward'], wires: [['caught']] },
      { id: 'caught', type: 'helper' },
      { id: 'complete', type: 'complete', scope: ['forward'], wires: [['completed']] },
      { id: 'completed', type: 'helper' },
    ];
    const tab = { id: 'tab', type: 'tab', label: 'Test' };
    const placed = nodes.map((one) => ({ ...one, z: 'tab', x: 100, y: 100 }));
    return [tab, ...placed, ...others];
  }

  function start(
    more: object = {},
    credentials: Record<string, string> = {},
    ...others: readonly FlowNode[]
  ): Promise<void> {
    return deploy(registers, flow(more, ...others), { forward: credentials });
  }

  /** Sends a message in and answers what comes out, at whichever end. */
  function forward(msg: object = { payload: event }): Promise<TestMessage> {
    const end = Promise.race([nextInput('out'), nextInput('caught')]);
    node('forward').receive(structuredClone(msg));
    return end;
  }

  /** The one request that the sink got. */
  function received(): Received {
    const [request, ...more] = sink().received;
    assert.ok(request, 'The sink got nothing.');
    assert.deepEqual(more, []);
    return request;
  }

  const lastStatus = () => node('forward').status.args.at(-1)?.[0];
  return { sink, flow, folder, start, forward, received, lastStatus };
}
