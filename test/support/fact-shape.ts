import assert from 'node:assert/strict';
import type { Parsed, Person, ProviderFact } from '../../src/provider/provider.ts';

const isoTime = /^2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const statuses: ReadonlySet<string> = new Set(['sent', 'delivered', 'read', 'played', 'failed']);
const texts = ['id', 'url', 'mimeType', 'fileName', 'caption'] as const;

/** Asserts that everything behind the adapter can rely on what it has read. */
export function assertParsed({ facts, problems, notices }: Parsed): void {
  for (const fact of facts) assertFact(fact);
  for (const { reason } of problems) assertText(reason);
  for (const { accountId, about, text } of notices) [accountId, about, text].map(assertOptional);
  // What goes into a store goes through JSON, and has to come back as it was.
  const kept = facts.map(withoutRaw);
  assert.deepEqual(JSON.parse(JSON.stringify(kept)), kept);
}

/** A fact as a store keeps it where nobody wants the provider's own object. */
export function withoutRaw(fact: ProviderFact): object {
  const { raw: _, ...kept } = fact;
  return kept;
}

function assertFact(fact: ProviderFact): void {
  assertString(fact.accountId);
  assertText(fact.dedupeKey);
  if ('at' in fact) assert.match(fact.at ?? '', isoTime);
  assertPerson(fact.contact);
  if (fact.kind === 'identity') assertPerson(fact.previous);
  if (fact.kind === 'delivery') {
    assertText(fact.messageId);
    assert.ok(statuses.has(fact.delivery.status));
    assertOptional(fact.delivery.errorCode);
    assertOptional(fact.delivery.errorText);
    assertOptional(fact.reference);
  }
  if (fact.kind === 'message') assertMessage(fact);
}

function assertMessage({ contact, message }: Extract<ProviderFact, { kind: 'message' }>): void {
  assert.ok(contact.phone ?? contact.userId ?? contact.providerId, 'a message of nobody');
  assertText(message.id);
  assertText(message.type);
  assertString(message.text);
  assert.ok(message.verb === 'incoming' || message.verb === 'outgoing');
  for (const media of message.media) {
    assertText(media.type);
    for (const name of texts) assertOptional(media[name]);
  }
  for (const name of ['replyTo', 'buttonId', 'group'] as const) assertOptional(message[name]);
  const { location, contacts = [] } = message;
  if (location) assert.ok(Number.isFinite(location.latitude + location.longitude));
  for (const { name, phones } of contacts) [name, ...phones].forEach(assertString);
}

function assertPerson(person: Person): void {
  if ('phone' in person) assert.match(person.phone ?? '', /^\+[0-9]{4,20}$/);
  for (const id of [person.userId, person.parentUserId, person.providerId]) {
    if (id !== undefined) assertText(id);
  }
  assertOptional(person.username);
  assertOptional(person.name);
}

function assertOptional(text: string | undefined): void {
  if (text !== undefined) assertString(text);
}

function assertText(text: string): void {
  assertString(text);
  assert.notEqual(text, '');
}

/** No NUL and no lone surrogate: neither a store nor a URL could hold it. */
function assertString(text: string): void {
  assert.equal(typeof text, 'string');
  assert.ok(text.isWellFormed() && !text.includes('\0'), JSON.stringify(text));
}
