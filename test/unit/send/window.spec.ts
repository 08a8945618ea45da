import assert from 'node:assert/strict';
import type { OutgoingContent } from '../../../src/provider/sender.ts';
import { isWindowShut } from '../../../src/send/window.ts';

describe('the 24 hours after a message of the contact', () => {
  const hour = 3_600_000;
  const now = 1_000 * hour;
  const text: OutgoingContent = { kind: 'text', text: 'Ciao' };
  const template: OutgoingContent = { kind: 'template', name: 't', language: 'en', parameters: [] };
  const raw = (body: Record<string, unknown>): OutgoingContent => ({ kind: 'raw', body });

  it('are open to their last millisecond, then shut', () => {
    assert.equal(isWindowShut(text, now - 24 * hour, now), false);
    assert.equal(isWindowShut(text, now - 24 * hour - 1, now), true);
    assert.equal(isWindowShut(text, now + hour, now), false, 'a clock that is a little ahead');
  });

  it('are the provider’s to judge where nothing is known', () => {
    assert.equal(isWindowShut(text, undefined, now), false);
  });

  it('do not matter to a template, in the provider’s own JSON either', () => {
    const old = now - 100 * hour;
    assert.equal(isWindowShut(template, old, now), false);
    assert.equal(isWindowShut(raw({ type: 'template', template: { name: 't' } }), old, now), false);
    assert.equal(isWindowShut(raw({ ContentSid: 'HX1' }), old, now), false);
    const sinch = { message: { template_message: { channel_template: {} } } };
    assert.equal(isWindowShut(raw(sinch), old, now), false);
  });

  it('are not talked open by a text', () => {
    const body = { type: 'text', text: { body: 'a "template": "x", "ContentSid": 1' } };
    assert.equal(isWindowShut(raw(body), now - 25 * hour, now), true);
  });
});
