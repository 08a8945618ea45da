import type { DeliveryStatus } from '../../src/event/event.ts';
import { mappedProperties, type MappedProperty, type Mapping } from '../../src/provider/mapping.ts';
import { type Json, object } from '../../src/provider/read.ts';
import { textOf } from '../shared/text.editor.ts';

/** A mapping as the form has it: also an unfinished one, with the sample that it was written by. */
export interface MappingDraft {
  readonly each: string;
  readonly proof: ProofDraft;
  readonly paths: readonly PathRow[];
  readonly statuses: readonly StatusRow[];
  /** Separated by commas. */
  readonly outgoing: string;
  readonly sample: string;
}

/** The runtime passes over the sample. */
export type SavedMapping = Mapping & { readonly sample?: string };

export interface ProofDraft {
  readonly kind: string;
  readonly header: string;
  readonly hash: string;
  readonly encoding: string;
  readonly prefix: string;
}

export interface PathRow {
  readonly property: string;
  readonly path: string;
}

export interface StatusRow {
  readonly word: string;
  /** "" = no status at all. */
  readonly meaning: string;
}

/** What nearly every gateway has; the paths are a first guess. */
const firstPaths: readonly PathRow[] = [
  { property: 'id', path: 'id' },
  { property: 'at', path: 'timestamp' },
  { property: 'phone', path: 'from' },
  { property: 'name', path: 'name' },
  { property: 'text', path: 'text' },
];

/** Reads what is saved, whatever it is. */
export function draftOf(saved: unknown): MappingDraft {
  const mapping = object(typeof saved === 'string' ? parsed(saved) : saved);
  const { each, proof, paths, statuses, outgoing, sample } = mapping ?? {};
  return {
    each: textOf(each),
    proof: proofOf(object(proof) ?? {}),
    paths: mapping ? pathsOf(object(paths) ?? {}) : firstPaths,
    statuses: Object.entries(object(statuses) ?? {}).map(([word, meaning]) => ({
      word,
      meaning: textOf(meaning),
    })),
    outgoing: Array.isArray(outgoing) ? outgoing.map(textOf).join(', ') : '',
    sample: textOf(sample),
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function proofOf(proof: Json): ProofDraft {
  const isHmac = proof['kind'] === 'hmac';
  return {
    kind: isHmac ? 'hmac' : 'header',
    header: textOf(isHmac ? proof['header'] : proof['name']),
    hash: textOf(proof['hash']) || 'sha256',
    encoding: textOf(proof['encoding']) || 'hex',
    prefix: textOf(proof['prefix']),
  };
}

function pathsOf(paths: Json): PathRow[] {
  const isFilled = (property: string): boolean => textOf(paths[property]) !== '';
  return mappedProperties
    .filter(isFilled)
    .map((property) => ({ property, path: textOf(paths[property]) }));
}

/** What was saved, if the form says the same: a mapping written by hand stays as it was written. */
export function keptOr(saved: unknown, read: object): unknown {
  const isWritten = typeof saved === 'object' ? saved !== null : textOf(saved) !== '';
  const same = JSON.stringify(mappingOf(draftOf(saved))) === JSON.stringify(read);
  return isWritten && same ? saved : read;
}

/** What is saved: as the runtime reads it, and the sample. */
export function mappingOf(draft: MappingDraft): SavedMapping {
  const { each, paths, statuses, outgoing, sample } = draft;
  const filled = paths.filter(({ property, path }) => property !== '' && path.trim() !== '');
  const meant = statuses.filter(({ word }) => word.trim() !== '');
  return {
    each: each.trim(),
    proof: savedProof(draft.proof),
    paths: Object.fromEntries(
      filled.map(({ property, path }) => [property as MappedProperty, path.trim()]),
    ),
    statuses: Object.fromEntries(
      meant.map(({ word, meaning }) => [word.trim(), meaning as DeliveryStatus | '']),
    ),
    outgoing: outgoing
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word !== ''),
    ...(sample.trim() === '' ? {} : { sample }),
  };
}

function savedProof({ kind, header, hash, encoding, prefix }: ProofDraft): Mapping['proof'] {
  const name = header.trim();
  if (kind !== 'hmac') return { kind: 'header', name: name || 'X-Webhook-Secret' };
  return {
    kind,
    header: name,
    hash: hash === 'sha1' ? 'sha1' : 'sha256',
    encoding: encoding === 'base64' ? 'base64' : 'hex',
    prefix: prefix.trim(),
  };
}
