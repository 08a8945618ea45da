import assert from 'node:assert/strict';
import { WhatsAppClient } from '@kapso/whatsapp-cloud-api';
import { ConversationService } from '@sinch/conversation';
import twilio from 'twilio';
import { WhatsAppAPI } from 'whatsapp-api-js';
import { Text } from 'whatsapp-api-js/messages';
import { useFake } from '../../support/fake-api.ts';
import { graphToken, startFakeGraph } from '../../support/fake-graph.ts';
import { sinchKeys, startFakeSinch } from '../../support/fake-sinch.ts';
import { startFakeTwilio, twilioSid, twilioToken } from '../../support/fake-twilio.ts';

/** The fakes that our sends are tried on have to satisfy those who send to the real ones. */
describe('the fake interfaces, judged by the clients of others', () => {
  describe('of Meta', () => {
    const graph = useFake(startFakeGraph);
    const to = '393331234567';

    it('takes messages from whatsapp-api-js and refuses a wrong token as it expects', async () => {
      const client = (token: string) =>
        new WhatsAppAPI({
          token,
          v: 'v26.0',
          secure: false,
          ponyfill: {
            fetch: (url: string, init?: RequestInit) =>
              fetch(url.replace('https://graph.facebook.com', graph().url), init),
          } as never,
        });
      const taken: any = await client(graphToken).sendMessage('1', to, new Text('Ciao'));
      assert.equal(taken.messages[0].id, 'wamid.fake-0');
      const refused: any = await client('wrong').sendMessage('1', to, new Text('Ciao'));
      assert.equal(refused.error.code, 190);
    });

    it('takes messages from Kapso’s client and describes media to it', async () => {
      const accessToken = graphToken;
      const client = new WhatsAppClient({
        accessToken,
        graphVersion: 'v26.0',
        baseUrl: graph().url,
      });
      const taken = await client.messages.sendText({ phoneNumberId: '1', to, body: 'Ciao' });
      assert.equal(taken.messages[0]?.id, 'wamid.fake-0');
      const media = await client.media.get({ mediaId: 'picture-1' });
      assert.equal(media.mimeType, 'image/png');
    });
  });

  describe('of Twilio', () => {
    const api = useFake(startFakeTwilio);

    it('takes messages from Twilio’s own client and refuses as it expects', async () => {
      class ToTheFake extends twilio.RequestClient {
        override request<T>(options: Parameters<twilio.RequestClient['request']>[0]) {
          const uri = options.uri.replace('https://api.twilio.com', api().url);
          return super.request<T>({ ...options, uri } as never);
        }
      }
      const client = (token: string) => twilio(twilioSid, token, { httpClient: new ToTheFake() });
      const message = { from: 'whatsapp:+39021', to: 'whatsapp:+39333', body: 'Ciao' };
      const taken = await client(twilioToken).messages.create(message);
      assert.equal(taken.sid, `SM${'0'.repeat(32)}`);
      assert.equal(taken.status, 'queued');
      await assert.rejects(client('wrong').messages.create(message), { code: 20003, status: 401 });
    });
  });

  describe('of Sinch', () => {
    const api = useFake(startFakeSinch);

    it('gives a token to Sinch’s own client and takes its messages', async () => {
      const service = new ConversationService({
        ...sinchKeys,
        authHostname: api().url,
        conversationHostname: api().url,
      });
      const taken = await service.messages.send({
        sendMessageRequestBody: {
          app_id: 'app-1',
          recipient: {
            identified_by: { channel_identities: [{ channel: 'WHATSAPP', identity: '39333' }] },
          },
          message: { text_message: { text: 'Ciao' } },
        },
      });
      assert.equal(taken.message_id, '01FAKE0');
    });
  });
});
