import assert from 'node:assert/strict';
import type { NodeAPI, NodeDef } from 'node-red';
import { inFlow } from '../../../nodes/url-forward/in-flow.ts';

const flow = [
  { id: 'tab', type: 'tab' },
  { id: 'forward', type: 'url-forward', z: 'tab' },
  { id: 'other', type: 'debug', z: 'tab' },
  { id: 'outer', type: 'subflow' },
  { id: 'inner', type: 'subflow' },
  { id: 'nested', type: 'subflow:inner', z: 'outer' },
  { id: 'deep', type: 'url-forward', z: 'inner' },
  { id: 'a-b', type: 'subflow:outer', z: 'tab' },
  { id: 'module', type: 'a-subflow-from-npm', z: 'tab' },
];
const RED = {
  nodes: {
    eachNode: (visit: (node: NodeDef) => void) => flow.forEach((one) => visit(one as NodeDef)),
  },
} as unknown as NodeAPI;

describe('whether a url-forward is in the flow', () => {
  for (const [id, isThere, what] of [
    ['forward', true, 'one on a tab is'],
    ['gone', false, 'one that was removed is not'],
    ['other', false, 'what is a node of another type now is not'],
    ['a-b-nested-deep', true, 'one in a nested subflow is'],
    ['a-b-nested-gone', false, 'one that was removed from a subflow is not'],
    ['a-b-deep', false, 'one that was moved to another subflow is not'],
    ['gone-nested-deep', false, 'one whose instance was removed is not'],
    ['deep', false, 'the definition of a subflow alone is none'],
    ['forward-gone', false, 'a name that begins like another one is none'],
    ['module-anything', true, 'one in a subflow that is installed as a node is'],
  ] as const) {
    it(`${what}: ${id}`, () => assert.equal(inFlow(RED)(id), isThere));
  }
});
