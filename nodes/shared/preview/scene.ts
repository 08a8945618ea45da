import type { Node, NodeAPI, NodeMessageInFlow } from 'node-red';
import { ownAt } from '../../../src/template/own-path.ts';
import { sensitiveNames } from '../variables/declared.ts';
import type { Asked } from './route.ts';

/** What a node's own code needs to make something of a message, with nothing of it going out. */
export interface Scene {
  readonly RED: NodeAPI;
  readonly node: Node;
  readonly msg: NodeMessageInFlow;
}

/** What stands in a preview for a secret: no encoding changes it. */
export const mask = '***';

/** As in earnest. */
export function plainScene(RED: NodeAPI, { id, msg }: Asked): Scene {
  return { RED, node: nodeOf(RED, id), msg: { _msgid: 'preview', ...structuredClone(msg) } };
}

/** Sensitive variables and the environment, where keys and passwords are kept, are masked. */
export function maskedScene(RED: NodeAPI, asked: Asked): Scene {
  const { node, msg } = plainScene(RED, asked);
  const own = ownAt(msg, ['variables']);
  const variables: Record<string, unknown> = typeof own === 'object' ? { ...own } : {};
  for (const name of sensitiveNames(RED)) variables[name] = mask;
  return { RED: withoutEnvironment(RED), node, msg: { ...msg, variables } };
}

/** The deployed node; for one that is not there yet a stand-in, to which all contexts are empty. */
function nodeOf(RED: NodeAPI, id: string): Node {
  const live = RED.nodes.getNode(id);
  if (live) return live;
  const nothing = { get: (_key: string, done: (error?: Error) => void) => done() };
  const context = (): object => ({ ...nothing, flow: nothing, global: nothing });
  return { id, name: '', context } as unknown as Node;
}

function withoutEnvironment(RED: NodeAPI): NodeAPI {
  const getSetting = (...asked: Parameters<NodeAPI['util']['getSetting']>): string | undefined =>
    (RED.util.getSetting(...asked) as unknown) === undefined ? undefined : mask;
  return Object.create(RED, { util: { value: { ...RED.util, getSetting } } }) as NodeAPI;
}
