import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readSendRequest } from '../../../src/simulator/server/send-request.ts';

const request = {
  account: 'shop',
  customer: { name: 'Zoë', phone: '+491510000103' },
  happening: { kind: 'text', text: 'hello' },
};

function refused(body: unknown, message: RegExp): void {
  assert.throws(() => readSendRequest(body), { code: 'E_CONFIG', message });
}

describe('a request to the simulator', () => {
  it('is taken with and without the id of an earlier message', () => {
    assert.deepEqual(readSendRequest(request), request);
    const again = { ...request, id: 'wamid.1', timestamp: 1_790_000_000 };
    assert.deepEqual(readSendRequest(again), again);
  });

  it('is refused with the place of what is wrong', () => {
    refused({ ...request, customer: { name: 'Zoë', phone: 'none' } }, /^customer\.phone: /);
    refused({ ...request, happening: { kind: 'text' } }, /^happening\.text: /);
    refused({ ...request, happening: { kind: 'call' } }, /^happening\.kind: /);
    refused({ ...request, account: undefined }, /^account: /);
    refused(undefined, /^body: /);
  });

  it('is refused with a coded error, whatever else comes', () => {
    fc.assert(
      fc.property(fc.anything(), (body) => {
        assert.throws(() => readSendRequest(body), { code: 'E_CONFIG' });
      }),
    );
  });
});
