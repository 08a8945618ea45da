/** The most that is kept of one message. */
const limit = 256 * 1024;

/** What every flow of ours needs; all else goes first when a message is too big. */
const essential: ReadonlySet<string> = new Set(['payload', 'topic', 'variables', 'trigger']);
/** Handles of a running process, and what the node itself adds. */
const leftOut: ReadonlySet<string> = new Set(['req', 'res', 'response', 'error']);

/**
 * A message as JSON, to go on later, perhaps after a restart: what JSON cannot hold is left out, and so
 * are names with an underscore, which belong to the runtime. Undefined when it is too big.
 */
export function keptMessage(msg: object): string | undefined {
  const parts = Object.entries(msg).flatMap(([name, value]) => {
    const isOwn = !leftOut.has(name) && !name.startsWith('_');
    const json = isOwn ? jsonOf(value) : undefined;
    return json === undefined ? [] : [{ name, json }];
  });
  return bounded(parts) ?? bounded(parts.filter(({ name }) => essential.has(name)));
}

function bounded(parts: readonly { name: string; json: string }[]): string | undefined {
  const text = `{${parts.map(({ name, json }) => `${JSON.stringify(name)}:${json}`).join()}}`;
  return Buffer.byteLength(text) <= limit ? text : undefined;
}

function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined; // it runs in a circle, or is a BigInt
  }
}
