import { isQuiet, quietSince, type Standing, type Trouble } from '../../src/receiver/standing.ts';
import type { LiveAccount } from '../shared/house.ts';
import type { AccountConfig } from './account-config.ts';
import type { Found } from './finding.ts';

/** How the account stands, by its node; undefined = it is not in service. */
export interface InService {
  readonly live: LiveAccount;
  readonly standing: Standing;
}

/** What the account's webhook hears, where the form is what is deployed. */
export function webhookFinding(
  inService: InService | undefined,
  { path, provider }: Pick<AccountConfig, 'path' | 'provider'>,
  now: number,
): Found {
  if (!inService) return { state: 'warning', key: 'webhook.deployFirst' };
  const { live, standing } = inService;
  if (live.path !== path || live.provider !== provider) {
    return { state: 'warning', key: 'webhook.differs' };
  }
  return standingFinding(standing, now);
}

export function standingFinding(standing: Standing, now: number): Found {
  const { trouble, heardAt, verifiedAt, quietAfter } = standing;
  if (trouble) return troubleFinding(trouble);
  const at = quietSince(standing);
  if (isQuiet(standing, now) && heardAt !== undefined) {
    return { state: 'warning', key: 'webhook.quiet', at, values: { hours: quietAfter } };
  }
  if (verifiedAt !== undefined && verifiedAt > (heardAt ?? 0)) {
    return { state: 'ok', key: 'webhook.verified', at: verifiedAt };
  }
  if (heardAt !== undefined) return { state: 'ok', key: 'webhook.received', at: heardAt };
  return { state: 'warning', key: 'webhook.neverReceived' };
}

function troubleFinding({ news, since: at }: Trouble): Found {
  switch (news.kind) {
    case 'refused':
      return { state: 'wrong', key: `webhook.refused.${news.reason.replace(' ', '')}`, at };
    case 'unknown number':
      return { state: 'wrong', key: 'webhook.unknownNumber', at, values: { number: news.number } };
    case 'quarantined':
      return { state: 'warning', key: 'webhook.quarantined', at, values: { reason: news.reason } };
    case 'failed':
      return { state: 'wrong', key: 'webhook.failed', at, values: { code: news.error.code } };
  }
}
