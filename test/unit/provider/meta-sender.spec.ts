import assert from 'node:assert/strict';
import type {
  ApiAnswer,
  ApiRequest,
  Outgoing,
  OutgoingContent,
  Refused,
  SendingAccount,
  SendResult,
} from '../../../src/provider/sender.ts';
import { sender } from '../../../src/provider/meta/sender.ts';
import { hostileTexts } from '../../fixtures/hostile.ts';
import { secretsWith } from '../../support/meta-request.ts';

const accessToken = `EAA${'Jb4c'.repeat(20)}`;
const account: SendingAccount = {
  accountId: '106540352242922',
  number: '+39 02 1234',
  apiUrl: '',
  apiVersion: '',
  secrets: secretsWith({ accessToken }),
  publicUrl: '',
};
const phone = '+393331234567';

function build(content: OutgoingContent, more: Partial<Outgoing> = {}, from = account) {
  return sender.build({ to: { phone }, content, reference: 'ref-1', ...more }, from, '');
}
function requestOf(content: OutgoingContent, more?: Partial<Outgoing>, from?: SendingAccount) {
  const request = build(content, more, from);
  assert.ok('url' in request, JSON.stringify(request));
  return request;
}
const bodyOf = (content: OutgoingContent, more?: Partial<Outgoing>) =>
  JSON.parse(requestOf(content, more).body) as Record<string, unknown>;
const refusalOf = (found: ApiRequest | SendResult): Refused => {
  assert.ok('remedy' in found, JSON.stringify(found));
  return found;
};
const text = (words: string, replyTo?: string): OutgoingContent => ({
  kind: 'text',
  text: words,
  ...(replyTo === undefined ? {} : { replyTo }),
});
const answer = (status: number, body: unknown): ApiAnswer => ({
  status,
  headers: {},
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const error = (code: number, more: Record<string, unknown> = {}): ApiAnswer =>
  answer(400, { error: { message: `(#${code}) No`, type: 'OAuthException', code, ...more } });

describe('the Meta sender builds', () => {
  it('a text to a phone number, with the message that it answers and our reference', () => {
    const request = requestOf(text('Ciao 👋', 'wamid.Q'));
    assert.equal(request.url, 'https://graph.facebook.com/v26.0/106540352242922/messages');
    assert.equal(request.headers['Authorization'], `Bearer ${accessToken}`);
    assert.deepEqual(JSON.parse(request.body), {
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: phone,
      context: { message_id: 'wamid.Q' },
      type: 'text',
      text: { body: 'Ciao 👋' },
      biz_opaque_callback_data: 'ref-1',
    });
  });

  it('a message to a user id as its recipient, and to the phone number where both are known', () => {
    const { to, recipient } = bodyOf(text('x'), { to: { userId: 'US.134' } });
    assert.deepEqual([to, recipient], [undefined, 'US.134']);
    const both = bodyOf(text('x'), { to: { phone, userId: 'US.134' } });
    assert.deepEqual([both['to'], both['recipient']], [phone, undefined]);
  });

  it('a template with its parameters in order, and without components where there are none', () => {
    const template = (parameters: readonly string[]): OutgoingContent => ({
      kind: 'template',
      name: 'order_ready',
      language: 'it',
      parameters,
    });
    assert.deepEqual(bodyOf(template(['Anna', '17']))['template'], {
      name: 'order_ready',
      language: { code: 'it' },
      components: [
        {
          type: 'body',
          parameters: [
            { type: 'text', text: 'Anna' },
            { type: 'text', text: '17' },
          ],
        },
      ],
    });
    assert.deepEqual(bodyOf(template([]))['template'], {
      name: 'order_ready',
      language: { code: 'it' },
    });
  });

  it('media by link, with a caption and a file name only where they may stand', () => {
    const media = (type: 'image' | 'audio' | 'document') =>
      bodyOf({ kind: 'media', type, url: 'https://a.example/f', caption: 'c', fileName: 'f.pdf' })[
        type
      ];
    assert.deepEqual(media('image'), { link: 'https://a.example/f', caption: 'c' });
    assert.deepEqual(media('audio'), { link: 'https://a.example/f' });
    assert.deepEqual(media('document'), {
      link: 'https://a.example/f',
      caption: 'c',
      filename: 'f.pdf',
    });
  });

  it('a raw body as it is, filling in only what is absent', () => {
    const raw = (body: Record<string, unknown>) => bodyOf({ kind: 'raw', body });
    assert.deepEqual(raw({ type: 'reaction', reaction: { message_id: 'w', emoji: '👍' } }), {
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: phone,
      biz_opaque_callback_data: 'ref-1',
      type: 'reaction',
      reaction: { message_id: 'w', emoji: '👍' },
    });
    const toGroup = raw({ recipient_type: 'group', to: 'Y2Fw', type: 'text', text: { body: 'x' } });
    assert.deepEqual([toGroup['recipient_type'], toGroup['to']], ['group', 'Y2Fw']);
  });

  it('any text unharmed', () => {
    for (const words of hostileTexts.filter((entry) => entry.trim() !== '')) {
      assert.deepEqual(bodyOf(text(words))['text'], { body: words });
    }
  });

  it('for the interface and the version that the account names', () => {
    const elsewhere = { ...account, apiUrl: 'http://127.0.0.1:1', apiVersion: '25.0' };
    const { url } = requestOf(text('x'), {}, elsewhere);
    assert.equal(url, 'http://127.0.0.1:1/v25.0/106540352242922/messages');
    const odd = { ...account, accountId: '../x?y', apiVersion: 'v1/../..' };
    assert.match(requestOf(text('x'), {}, odd).url, /facebook\.com\/v1%2F..%2F..\/..%2Fx%3Fy\//);
  });
});

describe('the Meta sender builds nothing', () => {
  it('without a token, and says that the account has to be mended', () => {
    const none = { ...account, secrets: secretsWith() };
    assert.equal(refusalOf(build(text('x'), {}, none)).remedy, 'account');
  });

  it('without a recipient, a text, a template name or a web address', () => {
    const wrong: readonly (ApiRequest | Refused)[] = [
      build(text('x'), { to: {} }),
      build(text(' \n')),
      build({ kind: 'template', name: '', language: 'it', parameters: [] }),
      build({ kind: 'media', type: 'image', url: 'file:///etc/passwd', caption: '' }),
      build({ kind: 'raw', body: { type: 'text' } }, { to: {} }),
      build({ kind: 'raw', body: { status: 'read', message_id: 'w' } }),
    ];
    assert.deepEqual(
      wrong.map((found) => refusalOf(found).remedy),
      wrong.map(() => 'fault'),
    );
  });
});

describe('the Meta sender reads', () => {
  it('the id and the state of a message that was taken, and whom it goes to', () => {
    const told = { input: phone, wa_id: '5215512345678', user_id: 'MX.1' };
    const reached = { phone: '+5215512345678', userId: 'MX.1' };
    const taken = sender.read(answer(200, { contacts: [told], messages: [{ id: 'wamid.1' }] }));
    assert.deepEqual(taken, { id: 'wamid.1', status: 'accepted', reached });
    const held = { messages: [{ id: 'w', message_status: 'held_for_quality_assessment' }] };
    assert.deepEqual(sender.read(answer(200, held)), {
      id: 'w',
      status: 'held_for_quality_assessment',
    });
  });

  it('from each code what can be done about it', () => {
    const expected = {
      retry: [1, 2, 4, 80007, 130429, 131000, 131016, 131057, 133004],
      contact: [131056],
      window: [131047],
      account: [0, 3, 10, 190, 200, 299, 368, 130497, 131005, 131031, 131042, 131045, 133010],
      fault: [100, 130472, 131008, 131009, 131021, 131026, 131048, 131049, 131050, 131051],
    };
    for (const [remedy, codes] of Object.entries(expected)) {
      for (const code of codes) {
        const refused = refusalOf(sender.read(error(code)));
        assert.deepEqual([code, refused.remedy, refused.code], [code, remedy, String(code)]);
        assert.ok(refused.text.length > 3);
      }
    }
    for (const code of [131052, 131053, 131062, 132000, 132001, 132015, 132068, 999_999]) {
      assert.equal(refusalOf(sender.read(error(code))).remedy, 'fault');
    }
  });

  it('a wrong phone number id as a fault of the account', () => {
    const refused = refusalOf(sender.read(error(100, { error_subcode: 33 })));
    assert.equal(refused.remedy, 'account');
    assert.match(refused.text, /phone number id/);
  });

  it('an unknown code that calls itself transient as one to come back to', () => {
    assert.equal(refusalOf(sender.read(error(7, { is_transient: true }))).remedy, 'retry');
  });

  it("Meta's details where it has no words of its own", () => {
    const details = "Template name (x) does not exist in 'it'";
    const refused = refusalOf(sender.read(error(132012, { error_data: { details } })));
    assert.equal(refused.text, details);
  });

  it('no token out of what Meta repeats', () => {
    const message = `Malformed access token ${accessToken}`;
    for (const code of [190, 100, 999]) {
      const said = JSON.stringify(sender.read(error(code, { message })));
      assert.equal(said.includes(accessToken.slice(0, 30)), false);
    }
  });

  it('neither yes nor no out of an answer that is not of Meta, and never sends again', () => {
    for (const given of [
      answer(200, ''),
      answer(200, { success: true }),
      answer(200, { messages: [{}] }),
      answer(408, ''),
      answer(500, '<html>'),
      answer(502, 'Bad Gateway'),
      answer(504, 'null'),
    ]) {
      assert.ok('unknown' in sender.read(given), JSON.stringify(given));
    }
  });

  it('a refusal by its status where it has no words', () => {
    const remedies = [301, 400, 401, 403, 404, 429].map(
      (status) => refusalOf(sender.read(answer(status, 'no'))).remedy,
    );
    assert.deepEqual(remedies, ['account', 'fault', 'account', 'account', 'account', 'retry']);
  });

  it('any answer without throwing', () => {
    const bodies = ['[]', '7', '{"error":[]}', '{"error":{"code":{}}}', '{"messages":{}}', '\0'];
    for (const status of [0, 200, 204, 299, 302, 400, 599]) {
      for (const body of bodies) {
        sender.read(answer(status, body));
        sender.readCheck(answer(status, body));
        sender.readMediaUrl(answer(status, body), account);
      }
    }
  });
});

describe('the check of a Meta connection', () => {
  const number = { id: '1', display_phone_number: '+39 02 1', verified_name: 'ACME' };

  it('asks for the number itself', () => {
    const { url, method } = sender.check(account, '')!;
    assert.equal(method, 'GET');
    assert.match(url, /\/v26\.0\/106540352242922\?fields=display_phone_number/);
  });

  it('says which number it is', () => {
    const good = { ...number, quality_rating: 'GREEN', status: 'CONNECTED' };
    assert.deepEqual(sender.readCheck(answer(200, good)), {
      ok: true,
      text: 'Connected: +39 02 1, ACME, quality GREEN.',
    });
  });

  it('says what is wrong: the number, the token or the address', () => {
    const wrong = [
      answer(200, { ...number, status: 'BANNED' }),
      error(190),
      error(100, { error_subcode: 33 }),
      answer(404, 'nginx'),
      answer(200, '<html>'),
    ].map((given) => sender.readCheck(given));
    assert.deepEqual(
      wrong.map(({ ok }) => ok),
      [false, false, false, false, false],
    );
    const said = wrong.map(({ text: words }) => words).join('\n');
    for (const word of ['BANNED', 'access token', 'phone number id', 'API address']) {
      assert.ok(said.includes(word), `${word} in ${said}`);
    }
  });
});

describe('a media file of Meta', () => {
  it('is looked up by its id, with the token', () => {
    const source = sender.mediaSource({ type: 'image', id: '12', url: 'https://x' }, account, '');
    const asked = source?.lookUp;
    assert.equal(asked?.url, 'https://graph.facebook.com/v26.0/12?phone_number_id=106540352242922');
    assert.equal(asked?.headers['Authorization'], `Bearer ${accessToken}`);
    const found = answer(200, { url: 'https://lookaside.fbsbx.com/a?mid=12' });
    assert.equal(sender.readMediaUrl(found, account), 'https://lookaside.fbsbx.com/a?mid=12');
    assert.equal(sender.readMediaUrl(error(100), account), undefined);
  });

  it('is given the token only at hosts of Meta, and at the one that the account names', () => {
    const hosts = (from: SendingAccount) =>
      sender.mediaSource({ type: 'image', id: '12' }, from, '')?.hosts;
    assert.deepEqual(hosts(account), ['*.fbsbx.com', 'graph.facebook.com']);
    const elsewhere = { ...account, apiUrl: 'http://127.0.0.1:8080' };
    assert.deepEqual(hosts(elsewhere), ['*.fbsbx.com', '127.0.0.1:8080']);
  });

  it('is nowhere without an id and an address, or without a token', () => {
    assert.equal(sender.mediaSource({ type: 'image' }, account, ''), undefined);
    const none = { ...account, secrets: secretsWith() };
    assert.equal(sender.mediaSource({ type: 'image', id: '1' }, none, ''), undefined);
  });
});
