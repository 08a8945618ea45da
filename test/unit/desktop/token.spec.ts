import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import {
  readToken,
  type TokenFacts,
  type TokenRefusal,
} from '../../../src/desktop/server/token.ts';
import { readTokenKeys, type TokenKey } from '../../../src/desktop/server/token-key.ts';
import { createIssuer, encode, type Issuer } from '../../support/tokens.ts';

const now = Date.UTC(2026, 10, 22, 12);
const seconds = now / 1000;
const issuers = (['RS256', 'ES256', 'EdDSA'] as const).map((algorithm) => createIssuer(algorithm));
const [rsa, ec] = issuers as [Issuer, Issuer];

function keysOf(...pems: string[]): readonly TokenKey[] {
  const keys = readTokenKeys(pems.join('\n'));
  assert.ok(typeof keys !== 'string', JSON.stringify(keys));
  return keys;
}

const rules = { keys: keysOf(ec.publicKey), issuer: '', audience: '' };

function accepted(answer: TokenFacts | TokenRefusal): TokenFacts {
  assert.ok(!('reason' in answer), JSON.stringify(answer));
  return answer;
}

function refused(answer: TokenFacts | TokenRefusal, reason: RegExp): TokenRefusal {
  assert.ok('reason' in answer);
  assert.match(answer.reason, reason);
  return answer;
}

describe('sign-on token', () => {
  for (const issuer of issuers) {
    it(`is read when it is signed with ${issuer.algorithm}`, () => {
      const keys = keysOf(issuer.publicKey);
      const facts = accepted(
        readToken(issuer.issue({ sub: 'anna' }, now), { ...rules, keys }, now),
      );
      assert.equal(facts.subject, 'anna');
      assert.equal(facts.until, now + 60_000);
    });

    it(`is refused with one byte of it changed (${issuer.algorithm})`, () => {
      const keys = keysOf(issuer.publicKey);
      const token = issuer.issue({ sub: 'anna' }, now);
      fc.assert(
        fc.property(
          fc.nat(token.length - 1),
          fc.constantFrom('A', 'Z', 'a', 'z', '0', '9', '-', '_', '.'),
          (index, character) => {
            const other = token.slice(0, index) + character + token.slice(index + 1);
            const same = other
              .split('.')
              .every((part, at) =>
                Buffer.from(part, 'base64url').equals(
                  Buffer.from(token.split('.')[at]!, 'base64url'),
                ),
              );
            const answer = readToken(other, { ...rules, keys }, now);
            if (!('reason' in answer)) assert.ok(same, other);
          },
        ),
        { numRuns: 300 },
      );
    });
  }

  it('cannot choose its algorithm: the key does', () => {
    const head = (alg: string) => encode({ alg, typ: 'JWT' });
    const body = encode({ sub: 'anna', iat: seconds, exp: seconds + 60 });
    const hmac = (key: string) =>
      createHmac('sha256', key)
        .update(`${head('HS256')}.${body}`)
        .digest('base64url');
    for (const token of [
      `${head('none')}.${body}.`,
      `${head('none')}.${body}.AAAA`,
      `${head('HS256')}.${body}.${hmac(ec.publicKey)}`,
      `${head('HS256')}.${body}.${hmac(ec.publicKey.trim())}`,
      rsa.issue({ sub: 'anna' }, now),
      rsa.issue({ sub: 'anna' }, now, { alg: 'ES256' }),
      ec.issue({ sub: 'anna' }, now, { alg: 'RS256' }),
      ec.issue({ sub: 'anna' }, now, { alg: 'es256' }),
      createIssuer('ES256').issue({ sub: 'anna' }, now),
    ]) {
      refused(readToken(token, rules, now), /./);
    }
  });

  it('is not taken for what a key inside it says', () => {
    const stranger = createIssuer('ES256');
    const header = { jwk: stranger.publicKey, x5c: [stranger.publicKey], jku: 'https://evil' };
    refused(readToken(stranger.issue({ sub: 'anna' }, now, header), rules, now), /signature/);
  });

  const ages: readonly [string, object, RegExp | undefined][] = [
    ['issued now', {}, undefined],
    ['issued five minutes ago', { iat: seconds - 300, exp: seconds + 1 }, undefined],
    ['issued earlier', { iat: seconds - 301, exp: seconds + 1 }, /5 minutes/],
    ['that has just expired', { iat: seconds - 60, exp: seconds }, /expired/],
    ['issued by a clock a little ahead', { iat: seconds + 20, exp: seconds + 90 }, undefined],
    ['from the future', { iat: seconds + 60, exp: seconds + 90 }, /future/],
    ['that is not valid yet', { nbf: seconds + 60 }, /future/],
    ['without an end', { exp: undefined }, /"exp"/],
    ['without an age', { iat: undefined }, /"iat"/],
    ['with times as texts', { exp: String(seconds + 60) }, /"exp"/],
    ['with milliseconds for seconds', { iat: now, exp: now + 60_000 }, /future/],
    ['without a subject', { sub: undefined }, /"sub"/],
    ['with an empty subject', { sub: '' }, /"sub"/],
    ['with a list for a subject', { sub: ['anna'] }, /"sub"/],
  ];
  for (const [what, claims, reason] of ages) {
    it(`is ${reason ? 'refused' : 'read'} when it is one ${what}`, () => {
      const answer = readToken(ec.issue({ sub: 'anna', ...claims }, now), rules, now);
      if (reason) refused(answer, reason);
      else accepted(answer);
    });
  }

  it('still names its agent when it is only too old or too early, and nobody when it is not for us', () => {
    const strict = { ...rules, issuer: 'crm', audience: 'agents' };
    const named = (claims: object, from = ec) => {
      const token = from.issue({ sub: 'anna', iss: 'crm', aud: 'agents', ...claims }, now);
      return refused(readToken(token, strict, now), /./).subject;
    };
    assert.equal(named({ exp: 1 }), 'anna');
    assert.equal(named({ nbf: seconds + 60 }), 'anna');
    assert.equal(named({ exp: 1, iss: 'other' }), undefined);
    assert.equal(named({ exp: 1, aud: 'other' }), undefined);
    assert.equal(named({ exp: 1 }, createIssuer('ES256')), undefined);
  });

  it('must come from the issuer and be for the audience that are set', () => {
    const strict = { ...rules, issuer: 'https://crm.example.com', audience: 'agents' };
    const ask = (claims: object) =>
      readToken(ec.issue({ sub: 'anna', ...claims }, now), strict, now);
    const iss = strict.issuer;
    accepted(ask({ iss, aud: 'agents' }));
    accepted(ask({ iss, aud: ['billing', 'agents'] }));
    refused(ask({ aud: 'agents' }), /issuer/);
    refused(ask({ iss: `${iss}/`, aud: 'agents' }), /issuer/);
    refused(ask({ iss }), /audience/);
    refused(ask({ iss, aud: 'agents2' }), /audience/);
    refused(ask({ iss, aud: [] }), /audience/);
  });

  it('is refused for extensions that it says are critical, and as another type', () => {
    refused(readToken(ec.issue({ sub: 'anna' }, now, { crit: ['b64'] }), rules, now), /header/);
    refused(readToken(ec.issue({ sub: 'anna' }, now, { typ: 'at+jwt' }), rules, now), /header/);
    accepted(readToken(ec.issue({ sub: 'anna' }, now, { typ: undefined }), rules, now));
  });

  it('is refused, and never more than that, when it is anything else', () => {
    const parts = fc.oneof(fc.string(), fc.json().map(encode), fc.base64String());
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 5 }), (some) => {
        refused(readToken(some.join('.'), rules, now), /./);
      }),
      { numRuns: 500 },
    );
    for (const body of ['null', '[]', '5', '{', '{"__proto__":{"sub":"anna"}}']) {
      refused(readToken(ec.issue(body, now), rules, now), /./);
      refused(readToken(ec.issue({ sub: 'a' }, now, body), rules, now), /./);
    }
  });

  it('has the same id in whatever form its signature comes', () => {
    const signed = ec.issue({ sub: 'anna' }, now).split('.').slice(0, 2).join('.');
    const { id } = accepted(readToken(ec.issue({ sub: 'anna' }, now), rules, now));
    const again = accepted(readToken(ec.issue({ sub: 'anna' }, now), rules, now));
    assert.equal(again.id, id);
    assert.ok(ec.issue({ sub: 'anna' }, now).startsWith(signed));
  });
});

describe('key of sign-on tokens', () => {
  it('may be several, so that an issuer can change to a new one', () => {
    const keys = keysOf(`# old\n${rsa.publicKey}`, `# new\n${ec.publicKey}`);
    assert.deepEqual(
      keys.map(({ algorithm }) => algorithm),
      ['RS256', 'ES256'],
    );
    for (const issuer of [rsa, ec]) {
      accepted(readToken(issuer.issue({ sub: 'anna' }, now), { ...rules, keys }, now));
    }
  });

  it('is read with its line ends written out, as environment variables have them', () => {
    assert.equal(keysOf(ec.publicKey.replaceAll('\n', '\\n'))[0]?.algorithm, 'ES256');
  });

  const pem = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }) as string;
  const wrong: readonly [string, string, RegExp][] = [
    ['nothing', '', /PEM/],
    ['a secret', 'correct horse battery staple', /PEM/],
    [
      'a private key',
      ec.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
      /private key/,
    ],
    ['a damaged key', ec.publicKey.replace(/^M.*$/m, 'AAAA'), /damaged/],
    ['a short RSA key', pem(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey), /2048/],
    [
      'another curve',
      pem(generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).publicKey),
      /P-256/,
    ],
    [
      'a good key beside a bad one',
      `${ec.publicKey}\n-----BEGIN X-----\n=\n-----END X-----`,
      /read/,
    ],
  ];
  for (const [what, text, reason] of wrong) {
    it(`is not ${what}`, () => assert.match(readTokenKeys(text) as string, reason));
  }
});
