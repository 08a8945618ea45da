import { twilio } from '../../../../src/provider/twilio/twilio.ts';
import * as fixture from '../../../fixtures/twilio.ts';
import { type Specimen, specimen, type Subject } from '../subject.ts';

const { formRequest, incoming, sid, status } = fixture;

const received = (parts: fixture.Form, person = fixture.giulia): Specimen =>
  specimen(formRequest(incoming(parts, person)), 'incoming');

const told = (name: string, parts: fixture.Form = {}): Specimen =>
  specimen(
    formRequest(status(sid(), name, parts), { query: '?sendReference=our-name' }),
    ...(['queued', 'sending'].includes(name) ? [] : ['delivery' as const]),
  );

export const subject: Subject = {
  provider: twilio,
  secrets: fixture.secrets,
  signs: true,
  accountId: fixture.sender,
  specimens: {
    text: received(fixture.text('À bientôt 👋🏽 a+b = 100 % & "sì"')),
    'hidden number': received(fixture.text('Ciao'), fixture.hidden),
    image: received(fixture.media('image/jpeg', 'image', 'il guasto')),
    location: received(fixture.location('45.4642', '9.19', 'Duomo')),
    button: received(fixture.button('yes', 'Sì, grazie', sid())),
    'list reply': received(fixture.listReply('row-7', 'Sette')),
    'from an ad': received(fixture.referral),
    queued: told('queued'),
    sending: told('sending'),
    sent: told('sent'),
    delivered: told('delivered'),
    read: told('read'),
    failed: told('failed', { ErrorCode: '63016' }),
    undelivered: told('undelivered', { ErrorCode: '63024' }),
    'a message by GET': specimen(
      fixture.getRequest(incoming(fixture.text('dalla query'))),
      'incoming',
    ),
    'a message by Event Streams': specimen(
      fixture.jsonRequest([fixture.incomingEvent('dal flusso')]),
    ),
    'a status by Event Streams': specimen(
      fixture.jsonRequest([fixture.statusEvent(sid(), 'delivered')]),
      'delivery',
    ),
  },
  text: (text, name, id) =>
    formRequest(incoming(fixture.text(text), { ...fixture.giulia, name }, `SM${id}`)),
  unknown: (type) => formRequest(incoming({ MessageType: type })),
};
