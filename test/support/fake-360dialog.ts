/** 360dialog's gate to the Cloud API (docs.360dialog.com; 2026): Meta's messages behind a key of its own. */
import { type FakeApi, startFakeApi } from './fake-api.ts';
import { isMessages, takeMessage } from './fake-graph.ts';

export const dialogKey = 'key-of-the-fake';

export function startFake360dialog(): Promise<FakeApi> {
  return startFakeApi({
    isSend: isMessages,
    answer(call, place) {
      if (call.headers['d360-api-key'] !== dialogKey) {
        const meta = { success: false, http_code: 401, developer_message: 'Invalid api key' };
        return { status: 401, body: { meta } };
      }
      if (call.path === '/messages') return takeMessage(call, place);
      if (call.path === '/v1/configs/webhook') return { body: { url: 'https://example.com/' } };
      return { status: 404, body: { meta: { developer_message: 'Not found' } } };
    },
  });
}
