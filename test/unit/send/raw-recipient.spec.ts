import assert from 'node:assert/strict';
import fc from 'fast-check';
import { providers } from '../../../src/provider/registry.ts';
import type { Recipient } from '../../../src/provider/sender.ts';

type Case = readonly [body: Readonly<Record<string, unknown>>, whom: Recipient | undefined];

const meta: readonly Case[] = [
  [{ type: 'text' }, undefined],
  [{ to: '+39 333 1' }, { phone: '+393331' }],
  [{ to: 393331 }, { phone: '+393331' }],
  [{ to: 'IT.abc' }, { userId: 'IT.abc' }],
  [{ recipient: 'IT.1' }, { userId: 'IT.1' }],
  [{ to: '393331', recipient: 'IT.1' }, { phone: '+393331' }],
  [{ recipient_type: 'group', to: '39333' }, { group: '39333' }],
  [{ to: ['393331'] }, {}],
];
const sinch = (recipient: unknown): Case[0] => ({ recipient });
const identities = (...channel_identities: object[]): Case[0] =>
  sinch({ identified_by: { channel_identities } });

const cases: Readonly<Record<string, readonly Case[]>> = {
  simulator: meta,
  meta,
  '360dialog': meta,
  twilio: [
    [{ Body: 'x' }, undefined],
    [{ To: 'whatsapp:+393331' }, { phone: '+393331' }],
    [{ To: '+393331' }, { phone: '+393331' }],
    [{ To: 'whatsapp:IT.1' }, { userId: 'IT.1' }],
    [{ To: '' }, {}],
  ],
  sinch: [
    [{ message: {} }, undefined],
    [sinch({ contact_id: '01C' }), { providerId: '01C' }],
    [identities({ channel: 'WHATSAPP', identity: '393331' }), { phone: '+393331' }],
    [
      identities({ channel: 'SMS', identity: '1234' }, { channel: 'WHATSAPP', identity: 'IT.1' }),
      { userId: 'IT.1' },
    ],
    [sinch('393331'), {}],
  ],
  kaleyra: [
    [{ body: 'x' }, undefined],
    [{ to: '+393331' }, { phone: '+393331' }],
    [{ to: 'Giulia' }, {}],
  ],
};

describe('the recipient in a provider’s own JSON', () => {
  for (const [name, { sender }] of providers) {
    if (!sender) continue;
    it(`is read as ${name} reads it`, () => {
      for (const [body, whom] of cases[name] ?? assert.fail(name)) {
        assert.deepEqual(sender.recipientOf(body), whom, JSON.stringify(body));
      }
      const body = fc.dictionary(fc.constantFrom('to', 'To', 'recipient', 'x'), fc.jsonValue());
      fc.assert(fc.property(body, (any) => void sender.recipientOf(any)));
    });
  }
});
