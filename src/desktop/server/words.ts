import * as v from 'valibot';
import type { PageWord } from '../protocol.ts';

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(128));

/** Strict: a word that says more than it may, such as who the agent is, is no word of ours. */
const wordSchema = v.variant('type', [
  v.strictObject({ type: v.literal('accept'), offerId: id }),
  v.strictObject({ type: v.literal('reject'), offerId: id }),
  v.strictObject({ type: v.literal('claim'), pageId: id }),
  v.strictObject({ type: v.literal('ping') }),
]);

/** What a page said, or undefined when it is not a word of the protocol. */
export function parsePageWord(text: string): PageWord | undefined {
  try {
    const parsed = v.safeParse(wordSchema, JSON.parse(text));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}
