import type { NodeAPI, NodeDef } from 'node-red';

const type = 'url-forward';

/**
 * Whether a url-forward node of this id is in the flow as it is deployed now, be it disabled. One
 * inside a subflow bears the id of the instance before its own, and the instances may be nested.
 */
export function inFlow(RED: NodeAPI): (id: string) => boolean {
  const nodes = new Map<string, NodeDef>();
  RED.nodes.eachNode((node) => nodes.set(node.id, node));
  const isSubflow = (id: string): boolean => nodes.get(id)?.type === 'subflow';

  /** `subflow`: the definition to look in; undefined = the tabs. */
  function has(id: string, subflow?: string): boolean {
    const isAt = ({ z }: NodeDef): boolean =>
      subflow === undefined ? !isSubflow(z) : z === subflow;
    const node = nodes.get(id);
    if (node?.type === type && isAt(node)) return true;
    for (let end = id.indexOf('-'); end > 0; end = id.indexOf('-', end + 1)) {
      const instance = nodes.get(id.slice(0, end));
      if (instance && isAt(instance) && holds(instance, id.slice(end + 1))) return true;
    }
    return false;
  }

  /** What a subflow that was installed as a node has in it stands in no flow: it counts as there. */
  function holds(instance: NodeDef, inner: string): boolean {
    const [, subflow] = /^subflow:(.+)$/.exec(instance.type) ?? [];
    return subflow === undefined ? instance.type !== type : has(inner, subflow);
  }

  return (id) => has(id);
}
