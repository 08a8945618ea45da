import { sinch } from '../../../../src/provider/sinch/sinch.ts';
import * as fixture from '../../../fixtures/sinch.ts';
import { type Gist, type Specimen, specimen, type Subject } from '../subject.ts';

const { inbound, report, request, secrets } = fixture;
const replied = '01EQBC1A3BEK731GY4YXEN0C2R';

const made = (body: fixture.Part, ...gists: Gist[]): Specimen => specimen(request(body), ...gists);
const received = (part: fixture.Part, person = fixture.giulia): Specimen =>
  made(inbound(part, person), 'incoming');

export const subject: Subject = {
  provider: sinch,
  secrets,
  signs: true,
  accountId: fixture.appId,
  specimens: {
    text: received(fixture.text('À bientôt 👋🏽 "sì" <b>\\</b>')),
    'hidden number': received(fixture.text('Ciao'), fixture.hidden),
    'media in a reply': received(fixture.quoting(replied, fixture.media('https://x/guasto.jpg'))),
    'media with a caption': received(fixture.captioned('https://x/video.mp4', 'il guasto')),
    location: received(fixture.location(45.4642, 9.19, 'Duomo')),
    choice: received(fixture.choice(replied, 'yes')),
    form: received(fixture.form('Sent')),
    'another channel': made(fixture.inboundSms('by SMS')),
    reaction: made(fixture.reaction(replied, '❤️', 'REACT'), 'incoming'),
    composing: made(fixture.composing()),
    'an outgoing message': made(fixture.submit(replied, fixture.text('Arriviamo')), 'outgoing'),
    sent: made(report(replied, 'QUEUED_ON_CHANNEL'), 'delivery'),
    delivered: made(report(replied, 'DELIVERED'), 'delivery'),
    read: made(report(replied, 'READ'), 'delivery'),
    failed: made(report(replied, 'FAILED', fixture.windowClosed), 'delivery'),
    stop: made(fixture.stop(), 'end'),
    quality: made(fixture.quality()),
  },
  text: (text, _name, id) => request(inbound(fixture.text(text), fixture.giulia, { id })),
  unknown: (type) => request(inbound({ [`${type}_message`]: { depth: 3 } })),
  namesNobody: true,
};
