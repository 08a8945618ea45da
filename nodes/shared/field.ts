import type { Node, NodeAPI, NodeStatus } from 'node-red';
import { encoders, type Place } from '../../src/template/encode.ts';
import { parseTemplate, render } from '../../src/template/template.ts';
import { resolveNames } from './variables.ts';

/** A text field of an action's form, with its variables. */
export interface Field {
  readonly names: readonly string[];
  /** The text for this message; a variable without a value is empty and counted as a warning. */
  render(msg: object): Promise<string>;
}

/** Throws E_TEMPLATE with the position when the text has more in it than `{{name}}`. */
export function createField(RED: NodeAPI, node: Node, text: string, place: Place): Field {
  const template = parseTemplate(text);
  const report = missingReporter(RED, node);
  return {
    names: template.names,
    async render(msg) {
      const { values, missing } = await resolveNames(RED, node, msg, template.names);
      report(missing);
      return render(template, values, encoders[place]);
    },
  };
}

/**
 * Tells that variables had no value: yellow status (`<type>.status.missing`) each time, a warning in the
 * log once per name until the next deploy. Does nothing for an empty list.
 */
export function missingReporter(
  RED: NodeAPI,
  node: Node,
  show: (make: () => NodeStatus) => void = (make) => node.status(make()),
): (names: readonly string[]) => void {
  const warned = new Set<string>();
  return (names) => {
    const [first] = names;
    if (first === undefined) return;
    show(() => ({
      fill: 'yellow',
      shape: 'dot',
      text: RED._(`${node.type}.status.missing`, { name: first }),
    }));
    for (const name of names) {
      if (warned.has(name)) continue;
      warned.add(name);
      node.warn(`The variable "${name}" had no value and was left empty.`);
    }
  };
}
