/** A text of the node's own catalogue; the key stands below the node's type. */
export type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/** Unlike a definition's `this._`, it also speaks where there is no node: validators, list rows. */
export function sayFor(type: string): Say {
  return (key, values) =>
    RED._(`node-red-contrib-whatsapp-triggers/${type}:${type}.${key}`, values ?? {});
}
