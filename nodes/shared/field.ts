import type { Node, NodeAPI, NodeStatus } from 'node-red';
import { encoders, type Place } from '../../src/template/encode.ts';
import { parseTemplate, render } from '../../src/template/template.ts';
import { resolveNames } from './variables/variables.ts';

/** A text field of an action's form, with its variables. */
export interface Field {
  readonly names: readonly string[];
  /** The text for this message; a variable without a value is empty and counted as a warning. */
  render(msg: object): Promise<string>;
}

/** What became of a field, and the names that had no value. */
export interface Filled {
  readonly text: string;
  readonly missing: readonly string[];
}

/** Throws E_TEMPLATE with the position when the text has more in it than `{{name}}`. */
export function createField(RED: NodeAPI, node: Node, text: string, place: Place): Field {
  const { names, fill } = createFilling(RED, node, text, place);
  const report = missingReporter(RED, node);
  return {
    names,
    async render(msg) {
      const filled = await fill(msg);
      report(filled.missing);
      return filled.text;
    },
  };
}

/** The same, but nobody is warned. */
export function createFilling(RED: NodeAPI, node: Node, text: string, place: Place) {
  const template = parseTemplate(text);
  return {
    names: template.names,
    fill: async (msg: object): Promise<Filled> => {
      const { values, missing } = await resolveNames(RED, node, msg, template.names);
      return { text: render(template, values, encoders[place]), missing };
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
