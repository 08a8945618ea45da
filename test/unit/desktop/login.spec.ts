import assert from 'node:assert/strict';
import type { DoorNews } from '../../../src/desktop/server/access.ts';
import { HttpFault } from '../../../src/desktop/server/http-fault.ts';
import { createLogin, type Login } from '../../../src/desktop/server/login.ts';
import { createLoginLimiter } from '../../../src/desktop/server/login-limiter.ts';
import { hashPassword } from '../../../src/desktop/server/password.ts';

const agents = [{ username: 'anna', name: 'Anna', role: 'agent' }] as const;

async function door(ln: number) {
  const news: DoorNews[] = [];
  const login = createLogin({
    agents,
    passwords: new Map([['anna', await hashPassword('tre civette', { ln })]]),
    limiter: createLoginLimiter(),
    report: (one) => news.push(one),
  });
  return { login, news };
}

async function refusal(login: Login, username: string, address: string, now: number) {
  try {
    await login({ username, password: 'wrong' }, address, now);
  } catch (error) {
    if (error instanceof HttpFault) return error;
    throw error;
  }
  return assert.fail('let in');
}

describe('login (A1)', () => {
  it('looks at few of ten thousand guesses of one password from a thousand addresses', async () => {
    const { login } = await door(1);
    const day = 24 * 3_600_000;
    let looked = 0;
    for (let count = 0; count < 10_000; count += 1) {
      const now = (count * day) / 10_000;
      const { status } = await refusal(login, 'anna', `10.0.${count % 250}.${count % 4}`, now);
      if (status === 401) looked += 1;
      else assert.equal(status, 429);
    }
    // One in five minutes, after the first few.
    assert.ok(looked < 300, `${looked}`);
  });

  it('looks at few guesses of an address that goes through ten thousand names', async () => {
    const { login } = await door(1);
    let looked = 0;
    for (let count = 0; count < 10_000; count += 1) {
      const { status } = await refusal(login, `user-${count}`, '10.0.0.1', count * 360);
      if (status === 401) looked += 1;
    }
    assert.ok(looked < 40, `${looked}`);
  });

  it('says the same of a wrong password and of a user that does not exist', async () => {
    const { login } = await door(1);
    const known = await refusal(login, 'anna', '10.0.0.1', 0);
    const unknown = await refusal(login, 'nobody', '10.0.0.1', 0);
    assert.deepEqual([unknown.status, unknown.message], [known.status, known.message]);
  });

  it('works as hard for a user that does not exist', async () => {
    const { login } = await door(14);
    const fastest = async (username: string) => {
      let best = Infinity;
      for (let count = 0; count < 4; count += 1) {
        const start = performance.now();
        await refusal(login, username, '10.0.0.1', 0);
        best = Math.min(best, performance.now() - start);
      }
      return best;
    };
    const known = await fastest('anna');
    const unknown = await fastest('nobody');
    assert.ok(unknown > known / 3, `${unknown} ms, ${known} ms`);
  });

  it('tells the log who was refused, but never what somebody else typed as a name', async () => {
    const { login, news } = await door(1);
    await refusal(login, 'anna', '10.0.0.1', 0);
    await refusal(login, 'my password, in the wrong field', '10.0.0.1', 0);
    const address = '10.0.0.1';
    assert.deepEqual(news, [
      { way: 'password', address, username: 'anna', what: 'refused' },
      { way: 'password', address, what: 'refused' },
    ]);
  });
});
