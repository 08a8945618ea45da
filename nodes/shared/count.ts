import type { News } from '../../src/receiver/news.ts';
import type { Changes } from '../../src/store/contract.ts';
import type { Meters } from '../../src/trace/meters.ts';

/** Counts what a webhook heard. */
export function countNews(meters: Meters, news: News): void {
  switch (news.kind) {
    case 'received':
      if (news.events > 0) meters.received.add(news.events, news.account);
      if (news.duplicates > 0) meters.duplicates.add(news.duplicates, news.account);
      return;
    case 'refused':
      return meters.refused.add(1, news.reason.replace(' ', '_'));
    case 'failed':
      return meters.refused.add(1, 'store');
    case 'unknown number':
      return meters.unknownNumbers.add(1);
    case 'quarantined':
      return meters.quarantined.add(1, 'unreadable');
    case 'notice':
      return meters.notices.add(news.count, news.account, kindOf(news.about));
    case 'handshake':
    case 'level':
    case 'health':
      return;
  }
}

/** The provider's own word, where it is one: a label is no place for anything longer. */
function kindOf(about: string): string {
  return /^[a-z][a-z_ -]{0,39}$/i.test(about) ? about : 'other';
}

/** Counts what only the store knows: how offers ended, and pages that nobody saw. */
export function countChanges(meters: Meters, { events, pagesMissed }: Changes): void {
  for (const { event } of events) {
    const { name, message } = event;
    if (name === 'message.accepted') meters.offers.add(1, 'accepted');
    else if (name !== 'message.rejected') continue;
    else meters.offers.add(1, message?.reason === 'timeout' ? 'timed_out' : 'rejected');
  }
  if (pagesMissed) meters.pagesMissed.add(pagesMissed);
}
