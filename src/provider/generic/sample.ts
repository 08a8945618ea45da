import { asText } from '../../template/own-path.ts';
import { object } from '../read.ts';
import { formType, rootOf } from './root.ts';

const encoder = new TextEncoder();

/** A sample taken apart, with the content type that it would have come with; a string = why not. */
export function sampleRoot(
  sample: string,
): { readonly value: unknown; readonly contentType: string } | string {
  if (sample.trim() === '') return 'Paste what the provider posts.';
  const contentType = /^\s*[{["]/.test(sample) ? 'application/json' : formType;
  const root = rootOf(encoder.encode(sample), contentType);
  return typeof root === 'string' ? root : { value: root.value, contentType };
}

export interface Leaf {
  /** A path as the mapping wants it, below the first event of `each`. */
  readonly path: string;
  readonly value: string;
}

/** So many are enough to choose from. */
const maxLeaves = 200;

/** The paths that a value offers, with what stands there: for the form's suggestions. */
export function leavesOf(value: unknown): readonly Leaf[] {
  const leaves: Leaf[] = [];
  const walk = (part: unknown, path: string): void => {
    if (leaves.length >= maxLeaves) return;
    if (Array.isArray(part)) part.forEach((entry, index) => walk(entry, `${path}[${index}]`));
    else if (object(part)) {
      for (const [key, entry] of Object.entries(part as object)) walk(entry, below(path, key));
    } else {
      const shown = asText(part);
      if (path !== '' && shown !== undefined) leaves.push({ path, value: shown });
    }
  };
  walk(value, '');
  return leaves;
}

function below(path: string, key: string): string {
  if (!/^[^.[\]"'*$|\s]+$/.test(key))
    return `${path}[${key.includes('"') ? `'${key}'` : `"${key}"`}]`;
  return path === '' ? key : `${path}.${key}`;
}
