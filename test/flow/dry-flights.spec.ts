import assert from 'node:assert/strict';
import { type Flights, followFlights } from '../../src/inbox/in-flight.ts';
import { core, deploy, messageHooks, node, type TestMessage, useRuntime } from '../support/flow.ts';

describe('the way of a dry run', () => {
  useRuntime();
  let flights: Flights;
  beforeEach(() => {
    flights = followFlights(messageHooks());
  });
  afterEach(() => flights.stop());

  const sendOut = (): void => node('source')['send']({ payload: 1 });
  const handOver = (): void => node('func').receive({ payload: 1 });

  /** Sends through a function node and asks at its end. */
  async function isDryBehind(code: string, isDry: boolean, send = sendOut): Promise<boolean> {
    const func = { id: 'func', type: 'function', func: code, outputs: 1, wires: [['sink']] };
    await deploy(
      [core('function/10-function')],
      [
        { id: 'tab', type: 'tab', label: 't' },
        { id: 'source', type: 'helper', z: 'tab', wires: [['func']] },
        { ...func, z: 'tab' },
        { id: 'sink', type: 'helper', z: 'tab', wires: [] },
      ],
    );
    const told = new Promise<boolean>((resolve) => {
      node('sink').on('input', (msg: TestMessage) => resolve(flights.isDry(msg)));
    });
    await flights.fly(send, isDry);
    return told;
  }

  const replaced = 'msg.payload = "another"; return msg;';
  const renewed = 'setTimeout(() => { node.send({ payload: "later" }); node.done(); }, 5);';

  const belated = 'setTimeout(() => node.send({ payload: "later" }), 5);';

  it('is known behind a function that puts something else in the payload’s place', async () => {
    assert.equal(await isDryBehind(replaced, true), true);
  });

  it('is known behind a function that later sends a message of its own', async () => {
    assert.equal(await isDryBehind(renewed, true), true);
  });

  it('is known behind a node that was handed the message directly', async () => {
    const anew = 'return { payload: "another" };';
    assert.equal(await isDryBehind(anew, true, handOver), true);
  });

  it('is known when the flow was done with it before the function sent', async () => {
    assert.equal(await isDryBehind(belated, true), true);
  });

  it('is not that of an event in earnest that a function sends later', async () => {
    assert.equal(await isDryBehind(belated, false), false);
  });

  it('is not that of an event in earnest', async () => {
    assert.equal(await isDryBehind(replaced, false), false);
    assert.equal(flights.isDry({ payload: 'of nobody' }), false);
  });
});
