import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { Action } from '../../../src/desktop/app/model/step.ts';
import { createSigningOn } from '../../../src/desktop/app/signing-on.ts';

interface Asked {
  readonly token: string;
  readonly signal: AbortSignal;
  answer(response: Response): void;
}

const agentIn = (username: string) => Response.json({ username, name: username, role: 'agent' });

/** The page's sign-on, with a server that answers when it is told to. */
function page() {
  const asked: Asked[] = [];
  const told: string[] = [];
  const tell = (action: Action) =>
    told.push(action.type === 'loggedIn' ? action.agent.username : action.type);
  mock.restoreAll();
  mock.method(globalThis, 'fetch', (_: string, { body, signal }: RequestInit) => {
    const { promise, resolve } = Promise.withResolvers<Response>();
    const { token } = JSON.parse(body as string) as { token: string };
    asked.push({ token, signal: signal!, answer: resolve });
    return promise;
  });
  return { ...createSigningOn(tell), asked, told };
}

describe('the sign-on of the page', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
  afterEach(() => {
    mock.restoreAll();
    mock.timers.reset();
  });

  it('lets in the agent who was sent last, whichever answer comes first', async () => {
    for (const order of [
      [0, 1],
      [1, 0],
    ]) {
      const { begin, asked, told } = page();
      const begun = [begin('for anna'), begin('for bruno')];
      for (const index of order) asked[index]!.answer(agentIn(['anna', 'bruno'][index]!));
      await Promise.all(begun);
      assert.deepEqual(told, ['bruno']);
    }
  });

  it('takes back what it asked for an agent who was sent earlier, so that no token is spent', async () => {
    const { begin, asked } = page();
    void begin('for anna');
    void begin('for bruno');
    assert.deepEqual(
      asked.map(({ signal }) => signal.aborted),
      [true, false],
    );
  });

  it('lets nobody in once somebody has come in otherwise, or has left', async () => {
    const { begin, stop, asked, told } = page();
    const begun = begin('for anna');
    stop();
    asked[0]!.answer(agentIn('anna'));
    await begun;
    assert.deepEqual(told, []);
  });

  it('is tried again while the server is away, until somebody has come in', async () => {
    const { begin, stop, asked, told } = page();
    const begun = begin('for anna');
    asked[0]!.answer(new Response(null, { status: 503 }));
    await begun;
    mock.timers.tick(3000);
    assert.deepEqual(
      asked.map(({ token }) => token),
      ['for anna', 'for anna'],
    );
    stop();
    mock.timers.tick(60_000);
    assert.equal(asked.length, 2);
    assert.deepEqual(told, ['connectionLost']);
  });
});
