import assert from 'node:assert/strict';
import { readForm } from '../../../src/provider/form.ts';
import type { Parsed, WebhookRequest } from '../../../src/provider/provider.ts';
import { nodeCrypto } from '../../../src/receiver/crypto.ts';
import { hostileTexts } from '../../fixtures/hostile.ts';
import { assertParsed, withoutRaw } from '../../support/fact-shape.ts';
import { addEverywhere, damage, disturb } from '../../support/mutate.ts';
import { contentOf, isJson, withContent } from '../../support/webhook-content.ts';
import { gistOf, type Subject } from './subject.ts';

const mutations = 500;

/** What every adapter promises about what it receives, whoever the provider is. */
export function receives(subject: Subject): void {
  const { provider, secrets, setting = {}, signs, specimens } = subject;
  const genuine = Object.entries(specimens).map(([title, made]) => ({ title, ...made }));
  const verify = (request: WebhookRequest, known = secrets): boolean =>
    provider.verify(request, known, nodeCrypto, setting);
  const ours = provider.accountIdOf?.(subject.accountId) ?? subject.accountId;
  const parse = (request: WebhookRequest): Parsed => provider.parse(request, setting);

  it('takes what the provider has sent as genuine and reads it without a problem', () => {
    for (const { title, request, facts } of genuine) {
      assert.ok(verify(request), title);
      const parsed = parse(request);
      assertParsed(parsed);
      assert.deepEqual(parsed.problems, [], title);
      assert.deepEqual(parsed.facts.map(gistOf), facts, title);
      for (const { accountId } of parsed.facts) assert.equal(accountId, ours, title);
    }
  });

  it('believes nobody who does not know the secret', () => {
    const wrong = Object.fromEntries(
      Object.entries(secrets).map(([name, secret]) => [name, secret && `${secret}x`]),
    ) as typeof secrets;
    for (const { title, request } of genuine) {
      assert.ok(!verify(request, wrong), title);
      const { method, url, body, now } = request;
      const type = request.headers['content-type'];
      assert.ok(!verify({ method, url, body, now, headers: { 'content-type': type } }), title);
    }
  });

  it('believes no proof with one character changed, cut off or added', () => {
    for (const { title, request } of genuine) {
      for (const [name, value] of proofsOf(request)) {
        for (let at = 0; at < value.length - 2; at++) {
          const char = value[at] === '1' ? '2' : '1';
          const changed = value.slice(0, at) + char + value.slice(at + 1);
          const headers = { ...request.headers, [name]: changed };
          assert.ok(!verify({ ...request, headers }), `${title}: ${name} ${changed}`);
        }
        for (const changed of ['', value.slice(0, -3), value.slice(1), `${value}1`]) {
          const headers = { ...request.headers, [name]: changed };
          assert.ok(!verify({ ...request, headers }), `${title}: ${name} ${changed}`);
        }
      }
    }
  });

  if (signs) {
    it('believes no content with one bit flipped, wherever it is', () => {
      for (const { title, request } of genuine) {
        const content = contentOf(request);
        const step = Math.ceil(content.length / 400);
        for (let at = 0; at < content.length; at += step) {
          const flipped = Buffer.from(content);
          flipped[at]! ^= 1 << (at & 7);
          const changed = withContent(request, flipped);
          if (!meansTheSame(request, changed)) assert.ok(!verify(changed), `${title}: byte ${at}`);
        }
      }
    });
  }

  it(`stands ${mutations} kinds of damage to each, believes none of them and never throws`, () => {
    for (const { title, request } of genuine) {
      for (let seed = 0; seed < mutations; seed++) {
        const changed = withContent(request, mutant(request, seed));
        try {
          if (signs && !meansTheSame(request, changed)) assert.ok(!verify(changed));
          assertParsed(parse(changed));
        } catch (error) {
          const content = contentOf(changed).toString().slice(0, 2_000);
          throw new Error(`${title}, mutation ${seed}: ${content}`, { cause: error });
        }
      }
    }
  });

  it('makes no message of what only tells the fate of one, whatever part of it is missing', () => {
    for (const { title, request, facts } of genuine) {
      if (facts.length === 0 || facts.some((gist) => gist !== 'delivery')) continue;
      for (let seed = 0; seed < mutations; seed++) {
        const changed = withContent(request, mutant(request, seed));
        const told = parse(changed).facts.filter(({ kind }) => kind === 'message');
        assert.deepEqual(told, [], `${title}: ${contentOf(changed).toString()}`);
      }
    }
  });

  it('gives the same facts with the same keys whenever it is asked, and no key twice', () => {
    const keys: string[] = [];
    for (const { title, request } of genuine) {
      const { facts } = parse(request);
      const again = parse({ ...request, now: request.now + 86_400_000 });
      assert.deepEqual(again.facts, facts, title);
      keys.push(...facts.map(({ dedupeKey }) => dedupeKey));
      const own = facts.map(({ dedupeKey }) => dedupeKey);
      assert.equal(new Set(own).size, own.length, title);
    }
    const texts = ['1001', '1002'].map((id) => parse(subject.text('ciao', 'Zoë', id)).facts[0]);
    assert.notEqual(texts[0]?.dedupeKey, texts[1]?.dedupeKey);
  });

  it('takes no notice of fields that it has never heard of, "__proto__" and "constructor" too', () => {
    for (const { title, request } of genuine) {
      for (const key of ['field_of_the_future', '__proto__', 'constructor', 'toString']) {
        const changed = withContent(request, withField(request, key));
        const facts = parse(changed).facts.map(withoutRaw);
        assert.deepEqual(facts, parse(request).facts.map(withoutRaw), `${title}: ${key}`);
      }
      assert.ok(!('polluted' in {}));
    }
  });

  it('passes a message of an unknown kind on under its own name', () => {
    const { facts, problems } = parse(subject.unknown('hologram'));
    assert.deepEqual(problems, []);
    const [fact] = facts;
    assert.ok(fact?.kind === 'message' && facts.length === 1);
    assert.equal(fact.message.verb, 'incoming');
  });

  it('brings every text and every name through as it was typed', () => {
    hostileTexts.forEach((text, index) => {
      const request = subject.text(text, text, String(2_000 + index));
      assert.ok(verify(request));
      const parsed = parse(request);
      assertParsed(parsed);
      const [fact] = parsed.facts;
      assert.ok(fact?.kind === 'message', JSON.stringify(text));
      const readable = text.replaceAll('\0', '').toWellFormed();
      assert.equal(fact.message.text, readable);
      // Blanks around a name tell nobody apart.
      const name = subject.namesNobody ? '' : readable.trim();
      assert.equal(fact.contact.name?.trim() ?? '', name);
    });
  });

  it('sets aside what is far too deep or too large, or nothing at all', () => {
    const [{ request } = { request: subject.text('', '', '1') }] = genuine;
    const bodies = isJson(request)
      ? ['', ' ', 'null', '7', '"x"', '[', '['.repeat(1e6), `[${'0,'.repeat(1e6)}0]`]
      : ['', '&'.repeat(1e6), '%', '='];
    for (const body of bodies) {
      const parsed = parse(withContent(request, Buffer.from(body)));
      assertParsed(parsed);
      assert.deepEqual(parsed.facts, []);
      assert.ok(parsed.problems.length + parsed.notices.length > 0, body.slice(0, 20));
    }
  });

  it('greets nobody who does not know how', () => {
    for (const query of ['', '?', '?hub.mode=subscribe', '?hub.challenge=<b>&hub.verify_token=']) {
      const request = { method: 'GET', url: `/whatsapp/x${query}`, headers: {}, now: 0 };
      const asked = { ...request, body: new Uint8Array() };
      assert.equal(provider.handshake(asked, secrets, nodeCrypto), undefined);
    }
  });

  it('serves no account that anybody could write to', () => {
    const none = Object.fromEntries(Object.keys(secrets).map((name) => [name, '']));
    const refusal = provider.refusal(none as typeof secrets, 'short', setting);
    const isOpen = genuine.some(({ request }) => verify(request, none as typeof secrets));
    assert.ok(refusal !== undefined || !isOpen);
    assert.equal(provider.refusal(secrets, 'short', setting), undefined);
  });
}

/** The headers by which a request is believed; the name of an algorithm is no proof of anything. */
function proofsOf({ headers }: WebhookRequest): [string, string][] {
  const proofs = Object.entries(headers).filter(([name]) => /^x-(?!.*algorithm)/.test(name));
  return proofs.map(([name, value = '']) => [name, value]);
}

function mutant(request: WebhookRequest, seed: number): Uint8Array {
  const content = contentOf(request);
  if (seed % 2 === 0) return damage(content, seed);
  if (isJson(request)) {
    return Buffer.from(JSON.stringify(disturb(JSON.parse(content.toString()), seed)));
  }
  const fields = Object.fromEntries(new URLSearchParams(content.toString()));
  return Buffer.from(new URLSearchParams(disturb(fields, seed) as typeof fields).toString());
}

function withField(request: WebhookRequest, key: string): Uint8Array {
  const content = contentOf(request);
  if (!isJson(request)) return Buffer.concat([content, Buffer.from(`&${key}=polluted`)]);
  const value: unknown = JSON.parse(content.toString());
  return Buffer.from(JSON.stringify(addEverywhere(value, key, { polluted: true })));
}

/** In a form one thing has several spellings ("%3A", "%3a"), and a signature is over the thing. */
function meansTheSame(one: WebhookRequest, other: WebhookRequest): boolean {
  const [a, b] = [contentOf(one), contentOf(other)];
  if (isJson(one)) return a.equals(b);
  return JSON.stringify(readForm(a)) === JSON.stringify(readForm(b));
}
