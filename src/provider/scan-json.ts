/** How deep and how large a webhook's JSON may be: 3 MB of Meta's history hold about 100,000 values. */
const maxDepth = 64;
const maxValues = 150_000;

/**
 * Why a body must not be given to JSON.parse, or undefined. Parsing five million nested brackets
 * blocks for seconds and later overflows the stack, so the bytes are counted first.
 */
export function refuseJson(body: Uint8Array): string | undefined {
  let depth = 0;
  let values = 0;
  let inString = false;
  for (let i = 0; i < body.length; i++) {
    const byte = body[i];
    if (inString) {
      if (byte === 0x5c) i++;
      else if (byte === 0x22) inString = false;
    } else if (byte === 0x22) inString = true;
    else if (byte === 0x7b || byte === 0x5b) {
      if (++depth > maxDepth) return `The JSON is nested deeper than ${maxDepth} levels.`;
    } else if (byte === 0x7d || byte === 0x5d) depth--;
    else if (byte === 0x2c && ++values > maxValues) {
      return `The JSON has more than ${maxValues} values.`;
    }
  }
  return undefined;
}
