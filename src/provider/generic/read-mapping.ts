import type { DeliveryStatus } from '../../event/event.ts';
import { mappedProperties, type Mapping, type MappedProperty } from '../mapping.ts';
import { filled, type Json, object, text } from '../read.ts';
import { readPlaces } from './places.ts';

const ownStatuses: readonly string[] = [
  'sent',
  'delivered',
  'read',
  'played',
  'failed',
] satisfies DeliveryStatus[];

/** What a mapping may be saved as: the object itself, or its JSON. Answers the mapping or what is wrong with it. */
export function readMapping(saved: unknown): Mapping | string {
  const mapping = object(typeof saved === 'string' ? parsed(saved) : saved);
  if (!mapping) return 'The mapping is missing or no JSON object.';
  const each = text(mapping['each'] ?? '')?.trim();
  if (each === undefined || (each !== '' && !readPlaces(each))) return 'mapping.each is no path.';
  const proof = readProof(object(mapping['proof']) ?? {});
  if (typeof proof === 'string') return proof;
  const paths = readPaths(object(mapping['paths']) ?? {});
  if (typeof paths === 'string') return paths;
  const statuses = readStatuses(object(mapping['statuses']) ?? {});
  if (typeof statuses === 'string') return statuses;
  const { outgoing: words = [] } = mapping;
  if (!Array.isArray(words)) return 'mapping.outgoing is no list.';
  const outgoing = words.flatMap((word) => filled(word) ?? []);
  return missing(paths) ?? { each, proof, paths, statuses, outgoing };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function readProof(proof: Json): Mapping['proof'] | string {
  const name = filled(proof['name']) ?? 'x-webhook-secret';
  const { kind = 'header', hash = 'sha256', encoding = 'hex', prefix = '' } = proof;
  if (kind === 'header') return isToken(name) ? { kind, name } : noHeader('name', name);
  if (kind !== 'hmac') return 'mapping.proof.kind is neither "header" nor "hmac".';
  const header = filled(proof['header']) ?? '';
  if (!isToken(header)) return noHeader('header', header);
  if (hash !== 'sha1' && hash !== 'sha256') return 'mapping.proof.hash is not sha1 or sha256.';
  if (encoding !== 'hex' && encoding !== 'base64') {
    return 'mapping.proof.encoding is not hex or base64.';
  }
  return { kind, header, hash, encoding, prefix: text(prefix) ?? '' };
}

function isToken(name: string): boolean {
  return /^[\w!#$%&'*+.^`|~-]{1,100}$/.test(name);
}

function noHeader(property: string, name: string): string {
  return `mapping.proof.${property} "${name}" is no name of a header.`;
}

function readPaths(saved: Json): Mapping['paths'] | string {
  const paths: Partial<Record<MappedProperty, string>> = {};
  for (const property of mappedProperties) {
    const path = text(saved[property] ?? '')?.trim();
    if (path === '') continue;
    if (path === undefined || !readPlaces(path)) return `mapping.paths.${property} is no path.`;
    paths[property] = path;
  }
  return paths;
}

function readStatuses(saved: Json): Mapping['statuses'] | string {
  const statuses: [string, DeliveryStatus | ''][] = [];
  for (const [word, meaning] of Object.entries(saved)) {
    if (meaning !== '' && !ownStatuses.includes(meaning as string)) {
      return `mapping.statuses "${word}" is none of ${ownStatuses.join(', ')}.`;
    }
    statuses.push([word, meaning as DeliveryStatus | '']);
  }
  return Object.fromEntries(statuses);
}

/** Without these no event could be made of anything, or a repeated one could not be told from a new one. */
function missing({ id, at, phone, userId }: Mapping['paths']): string | undefined {
  if (phone === undefined && userId === undefined) {
    return 'The mapping has a path neither for the phone nor for the user id of the contact.';
  }
  if (id === undefined && at === undefined) {
    return 'The mapping has a path neither for the id nor for the time of a message: a repeated one could not be told from a new one.';
  }
  return undefined;
}

/** What a provider's word for a status means; undefined = nothing that we know, or no status. */
export function statusOf(mapping: Mapping, word: string | undefined): DeliveryStatus | undefined {
  if (word === undefined) return undefined;
  const known = Object.hasOwn(mapping.statuses, word) ? mapping.statuses[word] : undefined;
  if (known !== undefined) return known || undefined;
  const own = word.toLowerCase();
  return ownStatuses.includes(own) ? (own as DeliveryStatus) : undefined;
}
