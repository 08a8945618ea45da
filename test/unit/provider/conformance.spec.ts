import assert from 'node:assert/strict';
import { providers } from '../../../src/provider/registry.ts';
import { receives } from './conformance.ts';
import { sends } from './conformance-sending.ts';
import type { Subject } from './subject.ts';
import { subject as dialog360 } from './subjects/360dialog.ts';
import { formWithSecret, signedJson } from './subjects/generic.ts';
import { subject as kaleyra } from './subjects/kaleyra.ts';
import { subject as meta } from './subjects/meta.ts';
import { subject as simulator } from './subjects/simulator.ts';
import { subject as sinch } from './subjects/sinch.ts';
import { subject as twilio } from './subjects/twilio.ts';

const subjects: Readonly<Record<string, Subject>> = {
  simulator,
  meta,
  '360dialog': dialog360,
  twilio,
  sinch,
  kaleyra,
  'generic, signed JSON': signedJson,
  'generic, form with a secret': formWithSecret,
};

for (const [name, subject] of Object.entries(subjects)) {
  const { sender } = subject.provider;
  describe(`the adapter of ${name}`, () => receives(subject));
  if (sender) describe(`the sender of ${name}`, () => sends(sender, subject.accountId));
}

describe('the registry of providers', () => {
  it('has each of them under its own name, and none that this suite has not met', () => {
    for (const [name, provider] of providers) assert.equal(provider.name, name);
    const met = new Set(Object.values(subjects).map(({ provider }) => provider.name));
    assert.deepEqual(met, new Set(providers.keys()));
  });
});
