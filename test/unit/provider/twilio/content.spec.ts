import assert from 'node:assert/strict';
import { twilio } from '../../../../src/provider/twilio/twilio.ts';
import * as fixture from '../../../fixtures/twilio.ts';

function message(form: fixture.Form) {
  const { facts, problems } = twilio.parse(fixture.formRequest(form), {});
  assert.deepEqual(problems, []);
  const [fact] = facts;
  assert.ok(fact?.kind === 'message');
  return fact;
}

describe('the Twilio adapter reads in a message', () => {
  it('an image with its caption as the text', () => {
    const form = fixture.incoming(fixture.media('image/jpeg', 'image', 'il guasto è qui'));
    const { type, text, media } = message(form).message;
    assert.deepEqual([type, text], ['image', 'il guasto è qui']);
    assert.deepEqual(media, [
      {
        type: 'image',
        id: /[^/]+$/.exec(form['MediaUrl0']!)![0],
        url: form['MediaUrl0'],
        mimeType: 'image/jpeg',
        caption: 'il guasto è qui',
      },
    ]);
  });

  it('voice, video and documents, by their content type where Twilio names no type', () => {
    for (const [mimeType, type] of [
      ['audio/ogg', 'audio'],
      ['video/mp4', 'video'],
      ['application/pdf', 'document'],
      ['text/vcard', 'document'],
    ] as const) {
      const read = message(fixture.incoming(fixture.media(mimeType, ''))).message;
      assert.deepEqual([read.type, read.text, read.media[0]?.type], [type, '', type]);
    }
  });

  it('the title and id of a pressed button and of a chosen row, and what was answered', () => {
    const pressed = message(fixture.incoming(fixture.button('yes', 'Sì, grazie', 'MM1'))).message;
    assert.deepEqual(
      [pressed.type, pressed.text, pressed.buttonId, pressed.replyTo],
      ['button', 'Sì, grazie', 'yes', 'MM1'],
    );
    const chosen = message(fixture.incoming(fixture.listReply('row-7', 'Martedì'))).message;
    assert.deepEqual([chosen.text, chosen.buttonId], ['Martedì', 'row-7']);
  });

  it('a location, with its name and address as the text', () => {
    const read = message(fixture.incoming(fixture.location('45.4642', '9.19', 'Duomo'))).message;
    assert.deepEqual(
      [read.type, read.text, read.location],
      [
        'location',
        'Duomo, Via Roma 1',
        { latitude: 45.4642, longitude: 9.19, name: 'Duomo', address: 'Via Roma 1' },
      ],
    );
  });

  it('the advertisement that a contact came from', () => {
    assert.deepEqual(message(fixture.incoming(fixture.referral)).message.referral, {
      sourceUrl: 'https://fb.me/3cr4Wqqkv',
      sourceType: 'ad',
      sourceId: '120210',
      headline: 'Saldi',
      body: 'Sconto del 20 %',
    });
  });

  it('a kind and fields that it does not know, as that kind', () => {
    const form = fixture.incoming({ MessageType: 'hologram', HologramDepth: '3' });
    const { message: read, raw } = message(form);
    assert.equal(read.type, 'hologram');
    assert.equal((raw as fixture.Form)['HologramDepth'], '3');
  });
});
