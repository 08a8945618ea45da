import assert from 'node:assert/strict';
import { sender } from '../../../../src/provider/twilio/sender.ts';
import * as fixture from '../../../fixtures/twilio.ts';

const { accountSid } = fixture;

describe('the Twilio sender reads', () => {
  const read = (status: number, body: unknown) =>
    sender.read({
      status,
      headers: {},
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const remedy = (status: number, body: unknown) => {
    const result = read(status, body);
    return 'remedy' in result ? result.remedy : Object.keys(result)[0];
  };

  it('the id and status of a message that was taken', () => {
    const body = { sid: 'SM1', status: 'queued', error_code: null, error_message: null };
    assert.deepEqual(read(201, body), { id: 'SM1', status: 'queued' });
  });

  it('a refusal by its code, with Twilio’s words', () => {
    const error = { code: 63016, message: 'Failed to send freeform message', status: 400 };
    assert.deepEqual(read(400, error), {
      remedy: 'window',
      code: '63016',
      text: 'Failed to send freeform message',
    });
    for (const [status, code, expected] of [
      [401, 20003, 'account'],
      [404, 20404, 'account'],
      [429, 20429, 'retry'],
      [400, 63018, 'retry'],
      [503, 20503, 'retry'],
      [400, 63007, 'account'],
      [400, 21609, 'account'],
      [400, 21211, 'fault'],
      [400, 21656, 'fault'],
      [400, 63024, 'fault'],
    ] as const) {
      assert.equal(remedy(status, { code, message: 'x' }), expected, String(code));
    }
  });

  it('a message that failed at once as refused', () => {
    const body = { sid: 'SM1', status: 'failed', error_code: 63016, error_message: null };
    const result = read(201, body);
    assert.ok('remedy' in result);
    assert.deepEqual([result.remedy, result.code], ['window', '63016']);
    assert.match(result.text, /24 hours/);
  });

  it('an answer without Twilio’s words by its status', () => {
    for (const [status, expected] of [
      [429, 'retry'],
      [503, 'retry'],
      [401, 'account'],
      [403, 'account'],
      [404, 'account'],
      [302, 'account'],
      [400, 'fault'],
      [415, 'fault'],
    ] as const) {
      assert.equal(remedy(status, '<html>'), expected, String(status));
    }
  });

  it('what is neither a yes nor a no as unknown, so that nothing is sent twice', () => {
    for (const status of [200, 201, 408, 500, 502, 504]) {
      assert.equal(remedy(status, '<html>'), 'unknown', String(status));
    }
    assert.equal(remedy(500, { code: 20500, message: 'Internal Server Error' }), 'unknown');
  });
});

describe('the check of a Twilio account', () => {
  const check = (status: number, body: unknown) =>
    sender.readCheck({ status, headers: {}, body: JSON.stringify(body) });

  it('asks for the account alone', () => {
    const request = sender.check(fixture.account, '');
    assert.equal(request?.method, 'GET');
    assert.equal(request?.url, `https://api.twilio.com/2010-04-01/Accounts/${accountSid}.json`);
    const nobody = { ...fixture.account, secrets: { ...fixture.secrets, accountSid: '' } };
    assert.equal(sender.check(nobody, ''), undefined);
  });

  it('says whose account it is, and that a trial sends to few', () => {
    const body = {
      sid: accountSid,
      friendly_name: 'Rossi S.r.l.',
      status: 'active',
      type: 'Trial',
    };
    assert.deepEqual(check(200, { ...body, type: 'Full' }), {
      ok: true,
      text: 'Twilio knows the account "Rossi S.r.l.".',
    });
    assert.match(check(200, body).text, /trial/);
  });

  it('says what is wrong', () => {
    for (const [status, body, words] of [
      [401, { code: 20003, message: 'Authenticate' }, /Auth Token/],
      [404, { code: 20404 }, /"AC"/],
      [200, { sid: accountSid, friendly_name: 'R', status: 'suspended' }, /is suspended/],
      [200, { hello: 1 }, /API URL/],
      [500, {}, /500/],
    ] as const) {
      const { ok, text } = check(status, body);
      assert.equal(ok, false);
      assert.match(text, words);
    }
  });
});
