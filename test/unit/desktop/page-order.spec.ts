import assert from 'node:assert/strict';
import type { PageOrder } from '../../../src/desktop/server/desktop.ts';
import { requestOf } from '../../../src/desktop/server/page-order.ts';
import type { WhatsAppEvent } from '../../../src/event/event.ts';
import { incomingEvent } from '../../fixtures/event.ts';

const asked = (event: Partial<WhatsAppEvent>, repeat: PageOrder['repeat'] = 'replace') =>
  requestOf(
    {
      triggerId: 'trigger',
      event: incomingEvent(event),
      target: 'all',
      agents: [],
      repeat,
      ttl: 120,
      content: { kind: 'popup', title: 'Giulia', html: '' },
    },
    { desktopId: 'desk', agents: ['anna'], now: 1_000_000 },
  );

describe('what the store is to keep for the order of a page', () => {
  it('says of an event that comes again that whoever has its page must not see it twice', () => {
    assert.equal(asked({ redelivered: true }).redelivered, true);
    assert.equal(asked({ redelivered: false }).redelivered, undefined);
  });

  it('asks for the page again when somebody has sent the event again on purpose', () => {
    for (const repeat of ['replace', 'stack', 'once'] as const) {
      assert.equal(asked({ redelivered: true, resent: true }, repeat).redelivered, undefined);
    }
  });
});
