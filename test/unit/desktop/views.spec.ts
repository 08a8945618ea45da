import assert from 'node:assert/strict';
import type { Media } from '../../../src/event/event.ts';
import {
  contactLine,
  interactionView,
  messageView,
  offerView,
} from '../../../src/desktop/server/views.ts';
import type { ConversationMessage, OpenInteraction } from '../../../src/store/conversations.ts';
import { incomingEvent } from '../../fixtures/event.ts';

const message: ConversationMessage = {
  id: 'm-1',
  seq: 3,
  verb: 'incoming',
  type: 'text',
  text: 'Ciao',
  at: 5,
  media: [],
};

const open: OpenInteraction = {
  id: 'i-1',
  account: { id: 'shop', name: 'Shop', key: 'SHOP', provider: 'meta', number: '+3902' },
  contact: { id: 'c', phone: '+393331234567' },
  openedAt: 1,
  lastAt: 2,
  unread: 1,
};

const place = { interactionId: 'i-1', serves: () => false };

describe('views of the desktop', () => {
  it('name a contact by what is known best', () => {
    const contact = { id: 'c-1', phone: '+39333', userId: 'IT.1' };
    assert.deepEqual(contactLine({ ...contact, name: 'Giulia' }), {
      contact: 'Giulia',
      detail: '+39333',
    });
    assert.deepEqual(contactLine({ ...contact, name: '' }), { contact: '+39333', detail: 'IT.1' });
    assert.deepEqual(contactLine({ id: 'c-1' }), { contact: 'c-1', detail: '' });
  });

  it('lead to media at web addresses over TLS and nowhere else', () => {
    const urls = ['https://cdn.example/a.png', 'http://cdn.example/a', 'javascript:alert(1)', ''];
    const media = urls.map((url) => ({ type: 'image', url }));
    const views = messageView({ ...message, media }, place).media;
    assert.deepEqual(
      views.map(({ href }) => href),
      ['https://cdn.example/a.png', undefined, undefined, undefined],
    );
  });

  it('lead to the desktop itself for a file that it gives out', () => {
    const media = [
      { type: 'image', url: 'https://cdn.example/a.png' },
      { type: 'audio', id: 'x' },
    ];
    const { seq } = message;
    const own = { interactionId: 'i-1', serves: ({ id }: Media) => id !== undefined };
    assert.deepEqual(
      messageView({ ...message, media }, own).media.map(({ href }) => href),
      ['https://cdn.example/a.png', `media/i-1/${seq}/1`],
    );
  });

  it('give ticks to outgoing messages only', () => {
    assert.equal(messageView(message, place).status, undefined);
    const sent = messageView({ ...message, verb: 'outgoing' }, place);
    assert.equal(sent.status, 'sent');
    const failed = { ...message, verb: 'outgoing', status: 'failed', errorText: 'No.' } as const;
    assert.deepEqual(
      [messageView(failed, place).status, messageView(failed, place).errorText],
      ['failed', 'No.'],
    );
  });

  it('show the caption of a medium where there is no text', () => {
    const media = [{ type: 'image', caption: 'The box' }];
    const view = interactionView({ ...open, last: { ...message, text: '', media } }, true);
    assert.equal(view.lastText, 'The box');
    const event = incomingEvent();
    const offer = { id: 'o-1', queueId: 'q', event, createdAt: 1, rejectedBy: [], timedOut: false };
    const queue = {
      id: 'q',
      name: 'Sales',
      desktopId: 'd',
      strategy: 'everyone',
      timeout: 30,
      agents: [],
    } as const;
    assert.equal(offerView(offer, queue).expiresAt, undefined);
  });

  it('let nobody answer in a group, to nobody, or by an account that cannot send', () => {
    assert.equal(interactionView(open, true).canReply, true);
    assert.equal(interactionView(open, false).canReply, false);
    assert.equal(interactionView({ ...open, group: 'g' }, true).canReply, false);
    assert.equal(interactionView({ ...open, contact: { id: 'c' } }, true).canReply, false);
  });

  it('tell until when a contact may be written to freely', () => {
    assert.equal(interactionView(open, true).windowUntil, undefined);
    const written = interactionView({ ...open, lastIncomingAt: 1_000 }, true);
    assert.equal(written.windowUntil, 1_000 + 24 * 60 * 60 * 1_000);
  });
});
