import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { connect } from '../../../src/desktop/app/connection.ts';

/** A socket that closes when the test says so. */
class Socket {
  static last: Socket;
  onclose: ((event: { code: number }) => void) | null = null;
  onmessage: unknown;
  constructor() {
    Socket.last = this;
  }
  close(): void {}
}

describe('the connection of the page', () => {
  const { WebSocket, document } = globalThis;
  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
    mock.method(globalThis, 'fetch', () => Promise.resolve(new Response(null, { status: 204 })));
    Object.assign(globalThis, {
      WebSocket: Socket,
      document: { baseURI: 'http://page.example/agents/' },
    });
  });
  afterEach(() => {
    Object.assign(globalThis, { WebSocket, document });
    mock.restoreAll();
    mock.timers.reset();
  });

  /** What the page is told when its channel closes with this code, and its session stands no more. */
  async function told(code: number): Promise<readonly string[]> {
    const events: string[] = [];
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    connect({
      onWord: () => undefined,
      onLost: () => events.push('lost'),
      onSessionEnded: (hasLeft) => {
        events.push(hasLeft ? 'left' : 'ended');
        resolve();
      },
    });
    Socket.last.onclose?.({ code });
    mock.timers.tick(30_000);
    await ended;
    return events;
  }

  it('tells an agent who has logged out in another window from one whose session has ended', async () => {
    assert.deepEqual(await told(4003), ['left']);
    assert.deepEqual(await told(4001), ['lost', 'ended']);
  });
});
