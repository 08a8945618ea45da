/**
 * What a script reads on stdin: the message's payload as JSON with `variables` added; a payload that is
 * no plain object is under `payload`. One line, since JSON escapes line ends. Never throws: what JSON
 * cannot express (other nodes may send anything) is made readable or left out.
 */
export function eventDocument(
  payload: unknown,
  variables: Readonly<Record<string, string>>,
): string {
  try {
    return JSON.stringify(compose(payload, variables));
  } catch {
    try {
      return JSON.stringify(compose(payload, variables), readable());
    } catch {
      return JSON.stringify({ variables });
    }
  }
}

function compose(payload: unknown, variables: object): object {
  return isPlain(payload) ? { ...payload, variables } : { payload, variables };
}

/** By tag, not by prototype: a Function node's objects have another realm's. */
function isPlain(value: unknown): value is object {
  return Object.prototype.toString.call(value) === '[object Object]' && !hasToJson(value as object);
}

function hasToJson(value: object): boolean {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}

function readable() {
  const ancestors: unknown[] = [];
  return function (this: unknown, _key: string, value: unknown): unknown {
    if (typeof value === 'bigint') return String(value);
    if (typeof value !== 'object' || value === null) return value;
    while (ancestors.length > 0 && ancestors.at(-1) !== this) ancestors.pop();
    if (ancestors.includes(value)) return '[circular]';
    ancestors.push(value);
    return value;
  };
}
