import * as v from 'valibot';
import type { ActRequest, SendRequest } from '../protocol.ts';
import { TriggerError } from '../../errors.ts';

/** Longer than WhatsApp allows, so that the receiver's own limits can be tried too. */
const text = v.pipe(v.string(), v.maxLength(100_000));
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(500));

const happening = v.variant('kind', [
  v.object({ kind: v.literal('text'), text }),
  v.object({ kind: v.literal('image'), caption: text }),
  v.object({
    kind: v.literal('location'),
    latitude: v.pipe(v.number(), v.minValue(-90), v.maxValue(90)),
    longitude: v.pipe(v.number(), v.minValue(-180), v.maxValue(180)),
    name: text,
    address: text,
  }),
  v.object({ kind: v.literal('button'), title: text, buttonId: text, replyTo: v.optional(id) }),
  v.object({ kind: v.literal('echo'), text }),
  v.object({
    kind: v.literal('status'),
    messageId: id,
    status: v.picklist(['sent', 'delivered', 'read', 'played', 'failed']),
  }),
]);

const schema = v.object({
  account: id,
  customer: v.object({ name: text, phone: v.pipe(v.string(), v.regex(/^\+?[0-9]{4,20}$/)) }),
  happening,
  id: v.optional(id),
  timestamp: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  dryRun: v.optional(v.boolean()),
});

const act = v.object({
  interaction: id,
  act: v.picklist(['accept', 'reject', 'close']),
  agent: v.optional(id),
  reason: v.optional(text),
});

/** A `POST send` body that holds what it must; throws E_CONFIG with the first thing that is wrong. */
export function readSendRequest(body: unknown): SendRequest {
  return readAs(schema, body);
}

/** A `POST act` body, likewise. */
export function readActRequest(body: unknown): ActRequest {
  return readAs(act, body);
}

function readAs<Output>(schema: v.GenericSchema<unknown, Output>, body: unknown): Output {
  const read = v.safeParse(schema, body);
  if (read.success) return read.output;
  const [issue] = read.issues;
  throw new TriggerError('E_CONFIG', `${v.getDotPath(issue) ?? 'body'}: ${issue.message}`);
}
