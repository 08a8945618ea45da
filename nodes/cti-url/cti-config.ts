import * as v from 'valibot';
import { pageProperties } from '../shared/page-action.ts';
import { choice, flag, readConfig, whole, words } from '../shared/schema.ts';

/** A size that was left empty in the form is the default one. */
const size = (usual: number) =>
  v.pipe(
    v.unknown(),
    v.transform((value) => (value === '' ? undefined : value)),
    whole(usual, 100, 10_000),
  );

const schema = v.object({
  ...pageProperties,
  url: words(),
  eventVariables: flag(false),
  location: choice(['tab', 'window', 'dashboard'], 'tab'),
  tabTitle: words(),
  width: v.optional(size(1024), 1024),
  height: v.optional(size(768), 768),
});

/** The properties of a cti-url node. */
export type CtiConfig = v.InferOutput<typeof schema>;

/** Throws E_CONFIG for the first thing that is wrong. */
export function readCti(saved: unknown): CtiConfig {
  return readConfig(schema, saved);
}
