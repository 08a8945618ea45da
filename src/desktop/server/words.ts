import * as v from 'valibot';
import { longestReason, longestReply, type PageWord } from '../protocol.ts';

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(128));
const seq = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const reply = v.pipe(
  v.string(),
  v.maxLength(longestReply),
  v.check((text) => text.trim() !== ''),
);

/** Strict: a word that says more than it may, such as who the agent is, is no word of ours. */
const wordSchema = v.variant('type', [
  v.strictObject({ type: v.literal('accept'), offerId: id }),
  v.strictObject({ type: v.literal('reject'), offerId: id }),
  v.strictObject({ type: v.literal('claim'), pageId: id, window: v.optional(id) }),
  v.strictObject({ type: v.literal('open'), interactionId: id }),
  v.strictObject({ type: v.literal('older'), interactionId: id, before: seq }),
  v.strictObject({ type: v.literal('history'), interactionId: id }),
  v.strictObject({
    type: v.literal('earlier'),
    interactionId: id,
    earlierId: id,
    before: v.optional(seq),
  }),
  v.strictObject({ type: v.literal('read'), interactionId: id, seq }),
  v.strictObject({
    type: v.literal('reply'),
    interactionId: id,
    draftId: v.pipe(v.string(), v.uuid()),
    text: reply,
  }),
  v.strictObject({
    type: v.literal('close'),
    interactionId: id,
    reason: v.pipe(v.string(), v.maxLength(longestReason)),
  }),
  v.strictObject({
    type: v.literal('transfer'),
    interactionId: id,
    to: v.union([v.strictObject({ agent: id }), v.strictObject({ queue: id })]),
  }),
  v.strictObject({ type: v.literal('status'), status: v.picklist(['ready', 'paused']) }),
  v.strictObject({
    type: v.literal('receipt'),
    pageId: id,
    what: v.picklist(['shown', 'opened', 'dismissed', 'blocked']),
  }),
  v.strictObject({ type: v.literal('watch'), on: v.boolean() }),
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
