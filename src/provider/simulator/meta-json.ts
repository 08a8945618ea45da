/**
 * JSON as Meta puts it on the wire: everything beyond ASCII as `\uxxxx`, `/` as `\/`, and `<`, `%`
 * and `@` escaped too. A receiver that signs its own JSON.stringify instead of the raw bytes fails
 * on the first accent, as it would in production.
 */
export function metaJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('/', '\\/')
    .replace(/[<%@]/g, (char) => `\\u00${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
