import { TriggerError } from '../../src/errors.ts';

/** What a flow holds of a node. */
export type Saved = Readonly<Record<string, unknown>>;

/** What changes from one version to the next. */
export type Step = (saved: Saved) => Saved;

/**
 * Step n brings what version n of a type has saved to version n + 1. A flow without a version, as one
 * that is written by hand, is version 1. A step stays as it is for ever: flows of its version are out there.
 */
export const migrations: Readonly<Record<string, readonly Step[]>> = {
  'whatsapp-in': [portsBy('delivery')],
  'browser-popup': [portsBy('receipts')],
  'cti-url': [portsBy('receipts')],
};

/** The version in which nodes of a type are saved now. */
export function currentVersion(type: string): number {
  return 1 + (migrations[type]?.length ?? 0);
}

/** The version that a node was saved in; what is no version counts as the first one. */
export function versionOf({ version }: Saved): number {
  const number = Number(version ?? 1);
  return Number.isInteger(number) && number >= 1 ? number : 1;
}

/**
 * A node as this version would have saved it; what is of a later version is left as it is. The object
 * that was given is not changed.
 */
export function migrated(
  saved: Saved,
  steps: readonly Step[] = migrations[String(saved['type'])] ?? [],
): Saved {
  const version = versionOf(saved);
  if (version > steps.length) return saved;
  const now = steps.slice(version - 1).reduce((older, step) => step(older), saved);
  return { ...now, version: steps.length + 1 };
}

/** Throws E_CONFIG for what a later version has saved: it may mean something else than it says here. */
export function refuseLater(saved: Saved): void {
  const { type } = saved;
  if (typeof type !== 'string') return;
  const [version, known] = [versionOf(saved), currentVersion(type)];
  if (version <= known) return;
  throw new TriggerError(
    'E_CONFIG',
    `It was saved by a later version of this package (${version}; known is ${known}): install that one, or make the node anew.`,
  );
}

/** A flow that was written by hand says whether a node has its second output, but not how many that makes. */
function portsBy(property: string): Step {
  return (saved) => {
    const isTwo = saved[property] === true || saved[property] === 'true';
    return { ...saved, outputs: isTwo ? 2 : 1 };
  };
}
