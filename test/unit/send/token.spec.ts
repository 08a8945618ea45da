import assert from 'node:assert/strict';
import { type FakeSinch, sinchKeys, startFakeSinch } from '../../support/fake-sinch.ts';
import { useFake } from '../../support/fake-api.ts';
import { order, secretsOf, useDesk } from '../../support/outbox.ts';

describe('the token of an account', () => {
  const fake = useFake(startFakeSinch);
  const sinch = (): FakeSinch => fake() as FakeSinch;
  const desk = useDesk();
  const { signal } = new AbortController();
  const party = (keys = sinchKeys) =>
    desk().party('sinch', { apiUrl: sinch().url, accountId: 'app-1', secrets: secretsOf(keys) });

  it('is fetched once for many sends, also at the same time', async () => {
    const one = party();
    const to = (n: number) => ({ to: { phone: `+39${n}000` }, contact: { phone: `+39${n}000` } });
    await Promise.all([1, 2, 3, 4].map((n) => desk().outbox.send(order(one, to(n)), signal)));
    await desk().outbox.send(order(one), signal);
    assert.equal(sinch().tokens, 1);
    assert.equal(sinch().sends.length, 5);
  });

  it('is fetched anew when the provider takes the old one no longer', async () => {
    const one = party();
    await desk().outbox.send(order(one), signal);
    sinch().revoke();
    await desk().outbox.send(order(one), signal);
    assert.equal(sinch().tokens, 2);
    assert.deepEqual(desk().tries, ['sent', 'sent']);
  });

  it('is one of the account’s own keys: another account asks for itself', async () => {
    await desk().outbox.send(order(party()), signal);
    const wrong = desk().outbox.send(order(party({ ...sinchKeys, keySecret: 'other' })), signal);
    await assert.rejects(wrong, { code: 'E_SEND' });
    assert.equal(sinch().sends.length, 1);
    assert.equal(desk().health.length, 2);
    assert.match(desk().health[1] ?? '', /access key/);
  });
});
