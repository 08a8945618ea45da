import assert from 'node:assert/strict';
import { sampleEvent } from '../support/facts.ts';
import { deploy, nextInput, node, useRuntime } from '../support/flow.ts';
import {
  callsOf,
  declared,
  firstStatus,
  flow,
  onSales,
  opened,
  registers,
  through,
  trigger,
} from '../support/trigger-flow.ts';

describe('trigger-condition with a wrong configuration', () => {
  useRuntime();

  const wrong: [string, object, RegExp][] = [
    ['an unknown operator', { all: [{ ...opened, operator: 'is' }] }, /operator "is"/],
    ['an unknown field', { any: [{ ...opened, field: 'colour' }] }, /field "colour"/],
    ['an account that does not exist', { all: [onSales] }, /account "acc1"/],
    ['an empty account', { all: [{ ...onSales, value: '' }] }, /names no account/],
    [
      'a pattern that cannot be matched in linear time',
      { all: [{ field: 'message.text', operator: 'matches', value: '(?=a)' }] },
      /regexp/,
    ],
    ['variables that do not exist', { variables: 'gone' }, /variables/],
    ['variables that were refused', { variables: 'declared' }, /variables/],
    ['a status that is neither on nor off', { enabled: 'perhaps' }, /enabled/],
  ];

  for (const [what, properties, message] of wrong) {
    it(`refuses ${what} at deploy, and then every message`, async () => {
      await deploy(registers, flow(properties, declared({ name: 'not a name' })));
      assert.equal(firstStatus().fill, 'red');
      assert.match(firstStatus().text, /^E_CONFIG: /);
      assert.match(firstStatus().text, message);
      assert.equal(callsOf('error')[0].code, 'E_CONFIG');
      const { error, payload } = await through('caught', { payload: 'untouched' });
      assert.equal(error.code, 'E_CONFIG');
      assert.match(error.message, message);
      assert.equal(payload, 'untouched');
    });
  }

  it('leaves the rest of the flow running', async () => {
    await deploy(registers, flow({ all: [{ field: 'x' }] }, trigger('other', {})));
    const arrival = nextInput('met');
    node('other').receive({ payload: sampleEvent() });
    await arrival;
  });
});
