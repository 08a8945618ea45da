/** The messages of a benchmark: numbered, each of the next contact. */
import { change, message, text, wamid, webhook } from '../test/fixtures/meta.ts';

export const people = 500;

export const phoneOf = (index: number): string => String(393_330_000_000 + (index % people));

export const textOf = (index: number): string => `#${index} Ordine: perché non è arrivato? 📦`;

/** The number of a message, from the text that was forwarded. */
export function indexOf(forwarded: string): number {
  return Number(/^#(\d+) /.exec(forwarded)?.[1] ?? Number.NaN);
}

export function numbered(index: number, number: string): Buffer<ArrayBuffer> {
  const person = { waId: phoneOf(index), name: 'Müller' };
  const said = message(text(textOf(index)), person, wamid());
  return webhook([change({ messages: [said], people: [person], number })]);
}
