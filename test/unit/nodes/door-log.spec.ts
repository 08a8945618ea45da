import assert from 'node:assert/strict';
import { createDoorLog } from '../../../nodes/agent-desktop/door-log.ts';
import { createMeters } from '../../../src/trace/meters.ts';

const address = '192.0.2.7';

function start() {
  const lines: string[] = [];
  const clock = { now: 0 };
  const meters = createMeters();
  const node = {
    id: 'desk',
    name: 'Desk',
    log: (text: string) => void lines.push(text),
    warn: (text: string) => void lines.push(`! ${text}`),
  };
  const logins = () =>
    meters
      .families()
      .find(({ name }) => name.endsWith('logins_total'))
      ?.samples.map(({ labels, value }) => [...labels.map(([, text]) => text), value]);
  return { log: createDoorLog(node, meters, () => clock.now), lines, clock, logins };
}

describe('log of who comes in', () => {
  it('tells who came, how and from where, and counts it', () => {
    const { log, lines, logins } = start();
    log({ what: 'loggedIn', way: 'token', username: 'anna', address });
    log({ what: 'refused', way: 'token', address, reason: 'it has expired' });
    log({ what: 'blocked', way: 'password', username: 'anna', address });
    assert.deepEqual(lines, [
      'Agent "anna" (with a token, from "192.0.2.7") logged in.',
      '! Somebody (with a token, from "192.0.2.7") was refused: it has expired.',
      '! Agent "anna" (with a password, from "192.0.2.7") has to wait after too many tries.',
    ]);
    assert.deepEqual(logins(), [
      ['desk', 'Desk', 'token', 'loggedIn', 1],
      ['desk', 'Desk', 'token', 'refused', 1],
      ['desk', 'Desk', 'password', 'blocked', 1],
    ]);
  });

  it('has a bound in a flood of guesses, and tells how many it left out', () => {
    const { log, lines, clock, logins } = start();
    for (let count = 0; count < 10_000; count += 1) {
      log({ what: 'refused', way: 'password', address });
    }
    assert.equal(lines.length, 20);
    log({ what: 'loggedIn', way: 'password', username: 'anna', address });
    assert.equal(lines.length, 21, 'who comes in is always told');
    clock.now += 60_000;
    log({ what: 'refused', way: 'password', address });
    assert.equal(lines[21], '! 9980 more logins were refused in the minute before.');
    assert.equal(logins()?.[0]?.at(-1), 10_001);
  });

  it('stays one line, whatever an address or a name holds', () => {
    const { log, lines } = start();
    log({ what: 'refused', way: 'header', username: 'a"\u2028b', address: '1.2.3.4\nAgent "x"' });
    assert.equal(lines.length, 1);
    assert.doesNotMatch(lines[0]!, /\n/);
  });
});
