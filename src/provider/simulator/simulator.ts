import { readJson } from '../json-body.ts';
import { meta } from '../meta/meta.ts';
import type { Parsed, Provider, WebhookRequest } from '../provider.ts';
import { objects } from '../read.ts';
import { business } from './build.ts';
import { sender } from './sender.ts';

const decoder = new TextDecoder();

/** The simulator speaks Meta's protocol, so that its messages take the same way as a provider's. */
export const simulator: Provider = {
  ...meta,
  name: 'simulator',
  refusal: () => undefined,
  parse(request, setting) {
    const parsed = meta.parse(request, setting);
    return isDryRun(request) ? dry(parsed) : parsed;
  },
  sender,
};

function isDryRun({ body }: WebhookRequest): boolean {
  // Hardly any request is: most need no second reading.
  if (!decoder.decode(body).includes(business.dryRun)) return false;
  const read = readJson(body);
  return (
    typeof read !== 'string' && objects(read['entry']).some(({ id }) => id === business.dryRun)
  );
}

function dry(parsed: Parsed): Parsed {
  return { ...parsed, facts: parsed.facts.map((fact) => ({ ...fact, dryRun: true as const })) };
}
