import assert from 'node:assert/strict';
import type { OutgoingContent, Recipient } from '../../../src/provider/sender.ts';
import { sender } from '../../../src/provider/simulator/sender.ts';
import { takeSend } from '../../../src/simulator/server/take-send.ts';
import { secrets } from '../../fixtures/generic.ts';

const account = {
  accountId: 'shop',
  number: '+39 02 0000 100',
  apiUrl: '',
  apiVersion: '',
  publicUrl: '',
  secrets,
};

function send(content: OutgoingContent, to: Recipient = { phone: '+491510000103' }) {
  const request = sender.build({ to, content, reference: 'our-name' }, account, '');
  assert.ok('url' in request);
  const { answer, taken } = takeSend(request, () => 'wamid.new');
  return { result: sender.read(answer), taken };
}

describe('the simulated phone network', () => {
  it('takes every kind of message that whatsapp-out sends, and gives it an id', () => {
    const url = 'https://example.com/a.jpg';
    for (const content of [
      { kind: 'text', text: 'È partito 📦' },
      { kind: 'template', name: 'order_sent', language: 'it', parameters: ['9/9'] },
      { kind: 'media', type: 'image', url, caption: '' },
      { kind: 'raw', body: { type: 'reaction', reaction: { message_id: 'x', emoji: '👍' } } },
    ] as const) {
      const { result, taken } = send(content);
      const reached = { phone: '+491510000103' };
      assert.deepEqual(result, { id: 'wamid.new', status: 'accepted', reached }, content.kind);
      assert.deepEqual(taken, {
        id: 'wamid.new',
        to: { phone: '+491510000103' },
        reference: 'our-name',
      });
    }
  });

  it('takes one for somebody who is known by the user id only', () => {
    const { taken } = send({ kind: 'text', text: 'ciao' }, { userId: 'IT.1349' });
    assert.deepEqual(taken?.to, { userId: 'IT.1349' });
  });

  it('refuses what Meta would, by the parameter that is wrong, and reports nothing of it', () => {
    for (const [content, parameter] of [
      [{ kind: 'text', text: 'x'.repeat(4_097) }, /text\['body'\]/],
      [{ kind: 'raw', body: { type: 'sticker' } }, /sticker/],
      [{ kind: 'raw', body: { to: '' } }, /to is missing/],
    ] as const) {
      const { result, taken } = send(content);
      assert.ok('remedy' in result && result.remedy === 'fault');
      assert.match(result.text, parameter);
      assert.equal(taken, undefined);
    }
  });

  it('answers a body that is no JSON', () => {
    const request = { method: 'POST', url: 'https://simulator.invalid/', headers: {} } as const;
    for (const body of ['', '{', '[]', 'null']) {
      assert.equal(takeSend({ ...request, body }, () => '').answer.status, 400);
    }
  });
});
