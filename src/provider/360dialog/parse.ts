import { readJson } from '../json-body.ts';
import { sortFindings } from '../meta/finding.ts';
import { readEnvelope } from '../meta/parse.ts';
import type { Parsed, WebhookRequest } from '../provider.ts';
import { filled, type Json, object } from '../read.ts';

/** Meta's body, or one change of it that a partner gets as `{id, event, data}`. Never throws. */
export function parse(request: WebhookRequest): Parsed {
  const body = readJson(request.body);
  if (typeof body === 'string') return sortFindings([{ reason: body }]);
  return sortFindings(readEnvelope(unwrapped(body)));
}

/** `data` is the value of a change; events of the partner's hub have other data, and become notices. */
function unwrapped(body: Json): Json {
  const field = filled(body['event']);
  const data = object(body['data']);
  if (field === undefined || !data || 'entry' in body) return body;
  if ('entry' in data) return data;
  const { id, ...value } = data;
  return { entry: [{ id, changes: [{ field, value }] }] };
}
