import assert from 'node:assert/strict';
import fc from 'fast-check';
import { mediaName } from '../../../src/send/media-kind.ts';
import { recipientOf } from '../../../src/send/recipient.ts';
import { hostileTexts } from '../../fixtures/hostile.ts';

describe('the recipient in a text', () => {
  it('is a phone number however people write it', () => {
    const phone = '+390212345678';
    const written = [
      '+39 02 1234-5678',
      '0039 02 12345678',
      '390212345678',
      'whatsapp:+390212345678',
    ];
    for (const text of written) assert.deepEqual(recipientOf(text), { phone }, text);
  });

  it('is a user id, whole: its digits alone would be another person’s number', () => {
    for (const userId of [
      'US.13491208655302741918',
      'US.ENT.11815799212886844830',
      'user.af12-9',
    ]) {
      assert.deepEqual(recipientOf(` ${userId} `), { userId });
    }
  });

  it('is nobody in any other text', () => {
    for (const text of ['', '  ', 'Giulia', '12', 'a@b.it', '+39\n02', 'US.', '{{to}}']) {
      assert.equal(recipientOf(text)?.userId, undefined, text);
    }
    for (const text of hostileTexts) assert.equal(recipientOf(text), undefined);
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void recipientOf(text)));
  });
});

describe('the kind of a media file', () => {
  it('is told by the ending of its name', () => {
    const kinds = {
      'https://x.it/a/photo.JPG?size=2#top': { type: 'image' },
      'https://x.it/a.webp': { type: 'sticker' },
      'https://x.it/a.mp4': { type: 'video' },
      'https://x.it/voice.ogg': { type: 'audio' },
      'https://x.it/fattura%20n%C2%BA%207.pdf': { type: 'document', fileName: 'fattura nº 7.pdf' },
      'https://x.it/download/77': { type: 'document', fileName: '77' },
      'https://x.it/': { type: 'document' },
      'https://x.it/a.constructor': { type: 'document', fileName: 'a.constructor' },
      'https://x.it/%ff.pdf': { type: 'document', fileName: '%ff.pdf' },
    };
    for (const [url, kind] of Object.entries(kinds)) assert.deepEqual(mediaName(url), kind, url);
  });
});
