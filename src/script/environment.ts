export interface RunKeys {
  /** The same for every run that this event causes at this node. */
  readonly eventKey: string;
  readonly runId: string;
}

const namePattern = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;
const valueLimit = 32 * 1024;
const totalLimit = 256 * 1024;

/** Where interpreters are looked for; what scripts get as PATH. */
export const standardPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * The whole environment of a script but for its HOME: nothing of Node-RED's own, and every variable under
 * the prefix `WA_`, so that none can mean anything to a shell, a loader or an interpreter. Of two names
 * that differ by case the first counts. What is too long is cut, what no longer fits is left out: stdin
 * has all of it.
 */
export function scriptEnvironment(
  variables: Readonly<Record<string, string>>,
  keys: RunKeys,
): Record<string, string> {
  const environment: Record<string, string> = {
    PATH: standardPath,
    LANG: 'C.UTF-8',
    WA_EVENT_KEY: keys.eventKey,
    WA_RUN_ID: keys.runId,
  };
  let room = totalLimit;
  for (const [name, value] of Object.entries(variables)) {
    const key = `WA_${name.toUpperCase()}`;
    if (!namePattern.test(name) || key in environment) continue;
    const clean = cut(value.replaceAll('\0', '').toWellFormed());
    const size = key.length + Buffer.byteLength(clean) + 2;
    if (size > room) continue;
    environment[key] = clean;
    room -= size;
  }
  return environment;
}

/** Cut by bytes, but never inside a character. */
function cut(value: string): string {
  if (value.length * 3 <= valueLimit) return value;
  const bytes = Buffer.from(value);
  if (bytes.length <= valueLimit) return value;
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, valueLimit), {
    stream: true,
  });
}
