import { readForm } from '../form.ts';
import { readAnyJson } from '../json-body.ts';

export const formType = 'application/x-www-form-urlencoded';

/** A body taken apart, whichever of the two kinds it is, or why it cannot be. */
export function rootOf(
  body: Uint8Array,
  contentType: string,
): { readonly value: unknown } | string {
  return contentType.toLowerCase().startsWith(formType) ? formOf(body) : readAnyJson(body);
}

/** A field that comes more than once is a list. */
function formOf(body: Uint8Array): { readonly value: unknown } | string {
  const fields = readForm(body);
  if (typeof fields === 'string') return fields;
  const lists = Map.groupBy(fields, ([name]) => name);
  const entries = [...lists].map(([name, pairs]) => {
    const values = pairs.map(([, value]) => value);
    return [name, values.length === 1 ? values[0] : values] as const;
  });
  return { value: Object.fromEntries(entries) };
}
