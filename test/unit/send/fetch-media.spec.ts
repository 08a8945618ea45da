import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import type { Secrets } from '../../../src/provider/provider.ts';
import type { SendingAccount } from '../../../src/provider/sender.ts';
import { fetchMedia } from '../../../src/send/fetch-media.ts';
import { headersFor } from '../../../src/send/media-headers.ts';
import { useFake } from '../../support/fake-api.ts';
import { graphToken, picture, startFakeGraph } from '../../support/fake-graph.ts';
import { secretsOf } from '../../support/outbox.ts';
import { useSink } from '../../support/sink.ts';

describe('a media file', () => {
  const graph = useFake(startFakeGraph);
  const sink = useSink();
  const file = { type: 'image', id: 'picture-1', mimeType: 'image/png', fileName: 'a.png' };

  function account(provider: string, apiUrl: string, secrets: Partial<Secrets>) {
    const made: SendingAccount & { provider: string } = {
      provider,
      accountId: '1',
      number: '+39021',
      apiUrl,
      apiVersion: '',
      publicUrl: '',
      secrets: secretsOf(secrets),
    };
    return made;
  }
  const meta = () => account('meta', graph().url, { accessToken: graphToken });
  /** Its files lie where the message says, and the password belongs to its own hosts. */
  const twilio = () =>
    account('twilio', sink().url, { accountSid: 'AC1', authToken: 'the-auth-token' });
  const at = (url: string) => ({ type: 'image', url });

  it('comes as a stream, by way of the provider’s description of it', async () => {
    const { stream, ...about } = await fetchMedia(meta(), file);
    assert.deepEqual(await buffer(stream), picture);
    const expected = { mimeType: 'image/png', size: picture.length, fileName: 'a.png' };
    assert.deepEqual(about, expected);
  });

  it('is fetched without a token for an account that has no access key, since it only receives', async () => {
    sink().behave({ kind: 'answer', body: picture });
    const sinch = account('sinch', sink().url, { webhookSecret: 'secret' });
    const { stream } = await fetchMedia(sinch, at(`${sink().url}/a.png`));
    assert.deepEqual(await buffer(stream), picture);
    const seen = sink().received.map(({ path, headers }) => [path, headers['authorization']]);
    assert.deepEqual(seen, [['/a.png', undefined]]);
  });

  it('is refused in words where the provider does not give it out', async () => {
    const unknown = fetchMedia(meta(), { ...file, id: 'no-such' });
    await assert.rejects(unknown, { code: 'E_PROVIDER', message: /does not give out/ });
    await assert.rejects(fetchMedia(meta(), { type: 'image' }), { code: 'E_PROVIDER' });
    const generic = account('generic', '', {});
    await assert.rejects(fetchMedia(generic, file), { code: 'E_PROVIDER' });
    sink().behave({ kind: 'answer', status: 404 });
    const gone = fetchMedia(twilio(), at(`${sink().url}/gone`));
    await assert.rejects(gone, { code: 'E_HTTP_STATUS', details: { statusCode: 404 } });
  });

  it('is cut off at the limit, whether its length is told or not', async () => {
    const body = Buffer.alloc(1001);
    sink().behave({ kind: 'answer', headers: { 'content-length': 1001 }, body });
    const told = fetchMedia(twilio(), at(sink().url), { limit: 1000 });
    await assert.rejects(told, { code: 'E_PROVIDER', message: /larger than 1000 bytes/ });
    sink().behave({ kind: 'endless' });
    const { stream } = await fetchMedia(twilio(), at(sink().url), { limit: 100_000 });
    await assert.rejects(buffer(stream), { code: 'E_PROVIDER', message: /larger than 100000/ });
    await sink().quiet();
  });

  it('fails where it is cut short, and ends with who asked for it', async () => {
    sink().behave({ kind: 'reset', after: 'half of' });
    const { stream } = await fetchMedia(twilio(), at(sink().url));
    await assert.rejects(buffer(stream), { code: 'E_HTTP_NETWORK' });
    sink().behave({ kind: 'slow' });
    const life = new AbortController();
    const slow = await fetchMedia(twilio(), at(sink().url), { signal: life.signal });
    const reading = assert.rejects(buffer(slow.stream));
    life.abort(new Error('stopped'));
    await reading;
    await sink().quiet();
  });

  it('fails with a code when its signal ends it without a reason of its own', async () => {
    sink().behave({ kind: 'hang' });
    const life = new AbortController();
    const waiting = fetchMedia(twilio(), at(sink().url), { signal: life.signal });
    await sink().next();
    life.abort();
    await assert.rejects(waiting, { code: 'E_HTTP_NETWORK', message: /aborted/ });
    await sink().quiet();
  });

  it('is closed when nobody reads it to its end', async () => {
    sink().behave({ kind: 'endless' });
    const { stream } = await fetchMedia(twilio(), at(sink().url));
    stream.destroy();
    await sink().quiet();
  });

  it('shows the account’s password to no other host, also behind a redirect', async () => {
    const other = `http://localhost:${graph().url.split(':')[2]}/files`;
    sink().behave({ kind: 'answer', status: 307, headers: { location: other } });
    // The other host is private, and not the one that the operator entered.
    const elsewhere = fetchMedia(twilio(), at(`${sink().url}/file`));
    await assert.rejects(elsewhere, { code: 'E_HTTP_BLOCKED' });
    assert.match(String(sink().received[0]?.headers['authorization']), /^Basic /);
    assert.deepEqual(graph().calls, []);
    sink().behave({ kind: 'answer', status: 302, headers: { location: '/again' } });
    const round = fetchMedia(twilio(), at(`${sink().url}/file`));
    await assert.rejects(round, {
      code: 'E_HTTP_NETWORK',
      message: /from one address to the next/,
    });
  });

  it('opens nothing that a message should not be able to open', async () => {
    const urls = [
      'http://169.254.169.254/latest/meta-data',
      'http://127.0.0.1:1/',
      'http://[::1]:1/',
      'http://localhost:1/',
    ];
    for (const url of urls) {
      await assert.rejects(fetchMedia(twilio(), at(url)), { code: 'E_HTTP_BLOCKED' }, url);
    }
    for (const url of ['file:///etc/passwd', 'javascript:1', '', '//x']) {
      await assert.rejects(fetchMedia(twilio(), at(url)), { code: 'E_PROVIDER' }, url);
    }
  });
});

describe('the headers with the account’s token', () => {
  const source = { headers: { Authorization: 'x' }, hosts: ['api.twilio.com', '*.sinch.com'] };
  const isShown = (url: string, apiUrl = '') =>
    'Authorization' in headersFor(new URL(url), source, apiUrl);

  it('go to the hosts of the provider alone', () => {
    assert.ok(isShown('https://api.twilio.com/x'));
    assert.ok(isShown('https://API.twilio.com:443/x'));
    assert.ok(isShown('https://eu.files.sinch.com/x'));
    for (const url of [
      'https://api.twilio.com.evil.example/',
      'https://evilapi.twilio.com/',
      'https://sinch.com/',
      'https://evilsinch.com/',
      'https://api.twilio.com@evil.example/',
    ]) {
      assert.equal(isShown(url), false, url);
    }
  });

  it('never go without encryption, but to the address that the operator entered', () => {
    assert.equal(isShown('http://api.twilio.com/x'), false);
    assert.equal(isShown('http://api.twilio.com/x', 'https://api.twilio.com'), false);
    assert.ok(isShown('http://api.twilio.com/x', 'http://api.twilio.com/base'));
  });
});
