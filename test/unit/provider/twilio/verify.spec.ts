import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  getExpectedTwilioSignature,
  validateRequest,
  validateRequestWithBody,
} from 'twilio/lib/webhooks/webhooks.js';
import type { WebhookRequest } from '../../../../src/provider/provider.ts';
import { twilio } from '../../../../src/provider/twilio/twilio.ts';
import { nodeCrypto } from '../../../../src/receiver/crypto.ts';
import { hostileTexts } from '../../../fixtures/hostile.ts';
import * as fixture from '../../../fixtures/twilio.ts';

const { authToken, publicUrl, secrets } = fixture;
const verify = (request: WebhookRequest, held = secrets): boolean =>
  twilio.verify(request, held, nodeCrypto, {});

/** A request whose signature Twilio's library made for `signed`. */
function signedAs(signed: string, more: Partial<WebhookRequest>, form = fixture.text('ciao')) {
  const request = fixture.formRequest(form);
  const signature = getExpectedTwilioSignature(authToken, signed, form);
  return {
    ...request,
    ...more,
    headers: { ...request.headers, ...more.headers, 'x-twilio-signature': signature },
  };
}

describe('the Twilio signature', () => {
  it('is accepted for a form with accents, emoji and empty fields', () => {
    const form = fixture.incoming(fixture.text('À bientôt 👋🏽 a+b=c&d https://x.example/%20'));
    assert.equal(verify(fixture.formRequest(form)), true);
  });

  it('is accepted for whatever a customer may write, and only if the library accepts it', () => {
    for (const text of hostileTexts) {
      const form = fixture.incoming(fixture.text(text.toWellFormed()));
      const request = fixture.formRequest(form);
      assert.equal(verify(request), true, JSON.stringify(text));
      const signature = request.headers['x-twilio-signature']!;
      assert.equal(validateRequest(authToken, signature, publicUrl, form), true);
    }
  });

  it('covers fields that Twilio may add, names with any sign and in any order', () => {
    const names = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(fc.dictionary(names, names), (form) => {
        assert.equal(verify(fixture.formRequest(form)), true);
      }),
      { numRuns: 50 },
    );
  });

  it('takes each value of a repeated field once, in their order', () => {
    const form = { MediaUrl: ['b', 'a', 'b'], Body: 'x' };
    const pairs = [
      ['MediaUrl', 'b'],
      ['Body', 'x'],
      ['MediaUrl', 'a'],
      ['MediaUrl', 'b'],
    ] as const;
    const signature = getExpectedTwilioSignature(authToken, publicUrl, form);
    const request = fixture.formRequest({});
    const headers = { ...request.headers, 'x-twilio-signature': signature };
    assert.equal(verify({ ...request, headers, body: fixture.encode(pairs) }), true);
  });

  it('is refused after a flip of any one bit of the body', () => {
    const request = fixture.formRequest(fixture.incoming(fixture.text('firmato è ✍️')));
    const body = Buffer.from(request.body);
    // A flip may turn %c3 into %C3: the fields are signed, not how they were escaped.
    const meaning = (bytes: Buffer) => [...new URLSearchParams(bytes.toString())];
    const told = JSON.stringify(meaning(body));
    fc.assert(
      fc.property(fc.nat(body.length - 1), fc.nat(7), (at, bit) => {
        const flipped = Buffer.from(body);
        flipped[at]! ^= 1 << bit;
        const isSame = JSON.stringify(meaning(flipped)) === told;
        assert.equal(verify({ ...request, body: flipped }), isSame);
      }),
      { numRuns: 500 },
    );
  });

  it('is refused when absent, short, long, doubled or of another token', () => {
    const request = fixture.formRequest(fixture.text('ciao'));
    const right = request.headers['x-twilio-signature']!;
    const wrong = [
      undefined,
      '',
      right.slice(0, -1),
      `${right}=`,
      `${right}, ${right}`,
      right.toLowerCase(),
      `${'A'.repeat(27)}=`,
    ];
    for (const signature of wrong) {
      const headers = { ...request.headers, 'x-twilio-signature': signature };
      assert.equal(verify({ ...request, headers }), false, String(signature));
    }
    assert.equal(verify(request, { ...secrets, authToken: 'another' }), false);
  });

  it('is never right for an account without an Auth Token', () => {
    const form = fixture.text('ciao');
    const signature = getExpectedTwilioSignature('', publicUrl, form);
    const request = fixture.formRequest(form);
    const headers = { ...request.headers, 'x-twilio-signature': signature };
    assert.equal(verify({ ...request, headers }, { ...secrets, authToken: '' }), false);
    assert.match(twilio.refusal({ ...secrets, authToken: '' }, 'x') ?? '', /Auth Token/);
    assert.equal(twilio.refusal(secrets, 'x'), undefined);
  });

  it('is not even looked at for a form that no provider sends', () => {
    const form = { Body: 'x'.repeat(600_000) };
    assert.equal(verify(fixture.formRequest(form)), false);
  });
});

describe('the URL that Twilio signs', () => {
  it('is the public URL, whatever a proxy made of scheme, host, port and path', () => {
    const headers = {
      host: 'evil.example',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': 'evil.example',
      'x-original-url': '/other',
    };
    assert.equal(verify(signedAs(publicUrl, { headers, url: '/inside/tw' })), true);
  });

  it('is never one that a header names, once a public URL is known', () => {
    const foreign = 'https://evil.example/whatsapp/tw-5f2a9c';
    for (const name of ['host', 'x-forwarded-host', 'x-original-host', 'forwarded']) {
      const value = name === 'forwarded' ? 'host=evil.example;proto=https' : 'evil.example';
      assert.equal(verify(signedAs(foreign, { headers: { [name]: value } })), false, name);
    }
  });

  it('may be another in nothing: scheme, host, port, path, case, slash', () => {
    const others = [
      'http://contact.example.com/whatsapp/tw-5f2a9c',
      'https://contact.example.com/whatsapp/tw-5f2a9c/',
      'https://contact.example.com/whatsapp/TW-5f2a9c',
      'https://contact.example.com/whatsapp//tw-5f2a9c',
      'https://contact.example.com:8443/whatsapp/tw-5f2a9c',
      'https://contact.example.com.evil.example/whatsapp/tw-5f2a9c',
      'https://contact.example.com/whatsapp/tw-5f2a9c?x=1',
    ];
    for (const other of others) assert.equal(verify(signedAs(other, {})), false, other);
  });

  it('is with the query that came, which the signature covers', () => {
    const query = '?sendReference=abc&lang=it';
    const request = fixture.formRequest(fixture.status(fixture.sid(), 'sent'), { query });
    assert.equal(verify(request), true);
    assert.equal(verify({ ...request, url: request.url.replace('abc', 'abd') }), false);
    assert.equal(verify({ ...request, url: '/whatsapp/tw-5f2a9c' }), false);
  });

  it('is without the fragment that tells Twilio how to call', () => {
    assert.equal(verify(signedAs(publicUrl, { publicUrl: `${publicUrl}#rc=3&rp=all` })), true);
  });

  it('may have a query of its own, even where a proxy takes it away', () => {
    const own = `${publicUrl}?tenant=7`;
    assert.equal(verify(signedAs(own, { publicUrl: own })), true);
    const asked = { publicUrl: own, url: '/whatsapp/tw-5f2a9c?tenant=7' };
    assert.equal(verify(signedAs(own, asked)), true);
  });

  it('without a public URL is the host that was asked, over either scheme', () => {
    const bare = { publicUrl: '', headers: { host: 'rated.example:8443' } };
    for (const origin of ['https://rated.example:8443', 'http://rated.example:8443']) {
      assert.equal(verify(signedAs(`${origin}/whatsapp/tw-5f2a9c`, bare)), true, origin);
    }
    assert.equal(verify(signedAs('https://other.example/whatsapp/tw-5f2a9c', bare)), false);
    assert.equal(
      verify(signedAs(publicUrl, { publicUrl: '', headers: { host: undefined } })),
      false,
    );
  });

  it('is accepted in exactly the forms that the library of Twilio accepts', () => {
    const bases = [
      'https://h.example/p',
      'https://h.example:443/p',
      'http://h.example:80/p',
      'http://h.example:8080/p',
      'https://user:secret@h.example/p',
      'https://H.Example/p',
      'https://[::1]/p',
      'https://[::1]:8443/p',
    ];
    const queries = [
      '',
      "?a='x'&b=è",
      '?a=1&b=2&a=3',
      '?a=%27x%27',
      '?a=x+y%20z',
      '?a',
      '?&=1&b=%zz',
    ];
    const form = fixture.text('ciao');
    for (const known of bases) {
      for (const query of queries) {
        const url = known + query;
        const href = new URL(url).href;
        for (const signed of [
          url,
          href,
          url.replace(':443', ''),
          `${known.replace('/p', ':443/p')}${query}`,
        ]) {
          const signature = getExpectedTwilioSignature(authToken, signed, form);
          const request = { ...fixture.formRequest(form), url: `/p${query}`, publicUrl: known };
          const headers = { ...request.headers, 'x-twilio-signature': signature };
          const judged = validateRequest(authToken, signature, url, form);
          assert.equal(verify({ ...request, headers }), judged, `${url} signed as ${signed}`);
        }
      }
    }
  });
});

describe('a JSON body from Twilio', () => {
  const request = fixture.jsonRequest(fixture.incomingEvent('ciao è 👋'));

  it('is accepted by its hash in the signed URL, as the library does it', () => {
    assert.equal(verify(request), true);
    const url = publicUrl + request.url.slice(request.url.indexOf('?'));
    const signature = request.headers['x-twilio-signature']!;
    const text = Buffer.from(request.body).toString();
    assert.equal(validateRequestWithBody(authToken, signature, url, text), true);
  });

  it('is refused after a flip of any one bit of it', () => {
    fc.assert(
      fc.property(fc.nat(request.body.length - 1), fc.nat(7), (at, bit) => {
        const body = Buffer.from(request.body);
        body[at]! ^= 1 << bit;
        assert.equal(verify({ ...request, body }), false);
      }),
    );
  });

  it('is refused without the hash, with another one and with the hash of another URL', () => {
    const url = '/whatsapp/tw-5f2a9c';
    const headers = {
      ...request.headers,
      'x-twilio-signature': getExpectedTwilioSignature(authToken, publicUrl, {}),
    };
    assert.equal(verify({ ...request, url, headers }), false);
    assert.equal(verify({ ...request, url: `${url}?bodySHA256=` }), false);
    assert.equal(verify({ ...request, url: `${request.url}&x=1` }), false);
  });

  it('does not become a form by another content type', () => {
    const headers = {
      ...request.headers,
      'content-type': 'application/x-www-form-urlencoded',
    };
    const body = fixture.encode(fixture.incoming(fixture.text('falso')));
    assert.equal(verify({ ...request, headers, body }), false);
  });
});

describe('a GET from Twilio', () => {
  it('is accepted by the signature over its query, and refused after any change of it', () => {
    const request = fixture.getRequest(fixture.incoming(fixture.text('è')));
    assert.equal(verify(request), true);
    assert.equal(verify({ ...request, url: request.url.replace('Body=', 'Body=x') }), false);
    assert.equal(twilio.handshake(request, secrets, nodeCrypto), undefined);
  });
});
