import { createRegistry } from './metrics.ts';

/** Seconds: a flush takes under a millisecond on a good disk and a second on one in trouble. */
const commitBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

const node = ['node', 'name'] as const;

export type Meters = ReturnType<typeof createMeters>;

/**
 * All that this package counts. Labels are ids and names that the flow's author gave, and fixed words:
 * never a phone number, a text or anything else of a customer's.
 */
export function createMeters() {
  const { counter, gauge, histogram, families } = createRegistry('whatsapp_triggers_');
  return {
    families,

    received: counter('events_received_total', 'Events taken in for the first time.', ['account']),
    duplicates: counter('events_duplicate_total', 'Events that a provider sent again.', [
      'account',
    ]),
    unknownNumbers: counter(
      'events_unknown_number_total',
      'Signed events for a number that no account has.',
    ),
    refused: counter('requests_refused_total', 'Webhook requests that were not accepted.', [
      'reason',
    ]),
    quarantined: counter(
      'quarantined_total',
      'Unreadable requests and events that ended the process again and again, set aside.',
      ['reason'],
    ),
    notices: counter('notices_total', 'What a provider told that is for no flow.', [
      'account',
      'about',
    ]),
    unhealthy: gauge(
      'account_unhealthy',
      '1 while nothing can be sent through an account until somebody mends it.',
      ['account'],
    ),
    redelivered: counter('events_redelivered_total', 'Events given to the flow once more.', [
      'account',
    ]),
    letGo: counter(
      'events_let_go_total',
      'Messages that a node kept too long; their events count as finished.',
      ['node', 'name', 'type'],
    ),
    inFlight: gauge('events_in_flight', 'Events that the flow has not finished with.'),
    inboxEvents: gauge('inbox_events', 'Events in the store, in flight or waiting.', ['account']),
    inboxBytes: gauge('inbox_bytes', 'Bytes of the events in the store.', ['account']),
    inboxFilling: gauge(
      'inbox_filling',
      '1 when the inbox, the share of one account or the disk is nearly full, 2 when it is full.',
      ['store', 'of', 'account'],
    ),
    inboxBehind: gauge('inbox_behind', '1 while events wait in the store for room in memory.', [
      'store',
    ]),

    decisions: counter('decisions_total', 'Messages that met a trigger or did not.', [
      ...node,
      'outcome',
    ]),

    forwards: counter('forwards_total', 'Requests that url-forward made, retries included.', [
      ...node,
      'outcome',
      'status',
      'code',
    ]),
    retriesWaiting: gauge('forwards_waiting', 'Requests that wait for their next try.', node),
    deadLetters: gauge('dead_letters', 'Requests that failed for good, for a person.', node),

    sends: counter('sends_total', 'Messages given to a provider, retries included.', [
      ...node,
      'outcome',
    ]),

    pages: counter('pages_total', 'Popups and CTI pages, by what became of them at once.', [
      ...node,
      'kind',
      'outcome',
    ]),
    pageFacts: counter('page_facts_total', 'What became of pages later, agent by agent.', [
      ...node,
      'kind',
      'outcome',
    ]),
    pagesMissed: counter('pages_missed_total', 'Pages that an agent was not shown in time.'),
    pagesWaiting: gauge('pages_waiting', 'Pages that wait for an agent.', ['store']),

    offers: counter('offers_total', 'Offers to agents, by how they ended.', ['outcome']),
    offersStanding: gauge('offers_standing', 'Offers that wait for an agent.', ['store']),

    logins: counter('logins_total', 'Agents who came in, left, were refused or had to wait.', [
      ...node,
      'way',
      'outcome',
    ]),

    scripts: counter('scripts_total', 'Scripts that ended, by how.', [...node, 'outcome']),
    scriptsRunning: gauge('scripts_running', 'Scripts that run.'),
    scriptsWaiting: gauge('scripts_waiting', 'Scripts that wait for a place.'),

    storeBytes: gauge('store_bytes', 'Size of the store on the disk.', ['store']),
    storeUp: gauge('store_up', '1 while the store can be used.', ['store']),
    quarantine: gauge('quarantine', 'What is set aside and waits for a person.', ['store']),
    commit: histogram(
      'commit_duration_seconds',
      'Time of one commit to the disk, which many requests share.',
      commitBuckets,
    ),
    loopDelay: gauge(
      'event_loop_delay_seconds',
      'Delay of the event loop since the scrape before.',
      ['quantile'],
    ),
  };
}
