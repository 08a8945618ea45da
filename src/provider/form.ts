/** Far more fields than any provider sends; a form that holds more is no form of theirs. */
const maxFields = 2_000;

export type FormFields = readonly (readonly [name: string, value: string])[];

const ampersand = 0x26;

/**
 * The fields of a URL-encoded form in their order, repeated names and empty values among them, or why
 * it was refused. Bytes that are no UTF-8 and percent signs that encode nothing are read as browsers
 * read them, so that the values are the very ones a provider has signed; a NUL stays a NUL.
 */
export function readForm(body: Uint8Array): FormFields | string {
  let fields = 1;
  for (const byte of body) {
    if (byte === ampersand && ++fields > maxFields) {
      return `The form has more than ${maxFields} fields.`;
    }
  }
  return [
    ...new URLSearchParams(prefixed(new TextDecoder('utf-8', { ignoreBOM: true }).decode(body))),
  ];
}

/** The fields of a URL's query: the same reading, for providers that send an event as a GET. */
export function readQuery(url: string): FormFields | string {
  const start = url.indexOf('?');
  const query = start < 0 ? '' : url.slice(start + 1).replace(/#.*$/s, '');
  return readForm(new TextEncoder().encode(query));
}

/** URLSearchParams drops a leading question mark, which in a form is part of the first name. */
function prefixed(form: string): string {
  return form.startsWith('?') ? `?${form}` : form;
}
