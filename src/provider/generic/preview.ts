import { type MappedProperty, mappedProperties, type Mapping } from '../mapping.ts';
import type { ProviderFact } from '../provider.ts';
import { entriesOf, lookingBy, parse } from './parse.ts';
import { readMapping } from './read-mapping.ts';
import { sampleRoot } from './sample.ts';

/** What the account's form shows while a mapping is written. */
export interface Preview {
  /** Why the mapping or the sample cannot be read, and what the provider's request would be refused for. */
  readonly problems: readonly string[];
  /** What nobody would be told of, though it is no mistake. */
  readonly notices: readonly string[];
  /** The facts that a request like the sample would become. */
  readonly facts: readonly ProviderFact[];
  /** What each path finds in the first event. */
  readonly found: Readonly<Partial<Record<MappedProperty, string>>>;
}

/** Reads a sample (JSON, or a form as it is posted) by a mapping as the webhook would; never throws. */
export function preview(saved: unknown, sample: string): Preview {
  const mapping = readMapping(saved);
  const read = sampleRoot(sample);
  if (typeof mapping === 'string') return broken(mapping);
  if (typeof read === 'string') return broken(read);
  const { facts, problems, notices } = parse(
    {
      method: 'POST',
      url: '/',
      headers: { 'content-type': read.contentType },
      body: new TextEncoder().encode(sample),
      now: 0,
    },
    { mapping },
  );
  return {
    facts,
    problems: problems.map(({ reason }) => reason),
    notices: notices.map(({ text }) => text),
    found: firstFound(read.value, mapping),
  };
}

function broken(problem: string): Preview {
  return { problems: [problem], notices: [], facts: [], found: {} };
}

function firstFound(root: unknown, mapping: Mapping): Preview['found'] {
  const look = lookingBy(mapping, root)(entriesOf(root, mapping.each)[0]);
  const found: Partial<Record<MappedProperty, string>> = {};
  for (const property of mappedProperties) {
    const value = look(property);
    if (value !== undefined) found[property] = value;
  }
  return found;
}
