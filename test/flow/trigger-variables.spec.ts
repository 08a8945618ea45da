import assert from 'node:assert/strict';
import triggerVariables from '../../nodes/trigger-variables/trigger-variables.ts';
import { houseOf } from '../../nodes/shared/house.ts';
import { deploy, type FlowNode, node, redeploy, runtimeApi, useRuntime } from '../support/flow.ts';

const flow = (variables: unknown): FlowNode[] => [
  { id: 'tab', type: 'tab' },
  { id: 'declared', type: 'trigger-variables', variables },
];

const known = () => houseOf(runtimeApi()).variables;

describe('trigger-variables', () => {
  useRuntime();

  it('declares variables for the other nodes, with defaults for what was not saved', async () => {
    await deploy(
      [triggerVariables],
      flow([
        { name: 'ORDERNUM' },
        { name: 'AMOUNT', type: 'number', default: 12.5, sample: 3, sensitive: 'true' },
        { name: 'paid', type: 'boolean', default: true, description: 'by the CRM' },
      ]),
    );
    const blank = { type: 'string', default: '', sample: '', sensitive: false, description: '' };
    const expected = [
      { ...blank, name: 'ORDERNUM' },
      { ...blank, name: 'AMOUNT', type: 'number', default: '12.5', sample: '3', sensitive: true },
      { ...blank, name: 'paid', type: 'boolean', default: 'true', description: 'by the CRM' },
    ];
    assert.deepEqual(known().get('declared'), expected);
    assert.deepEqual(node('declared')['variables'], expected);
  });

  for (const variables of [undefined, null, []]) {
    it(`declares nothing where ${JSON.stringify(variables)} is saved`, async () => {
      await deploy([triggerVariables], flow(variables));
      assert.deepEqual(known().get('declared'), []);
    });
  }

  const wrong: [string, unknown, RegExp][] = [
    ['a name with a blank in it', [{ name: 'ORDER NUM' }], /variables\.0\.name.*letters/],
    ['a name that starts with a digit', [{ name: '1st' }], /letter in front/],
    ['a name of the prototype', [{ name: '__proto__' }], /letter in front/],
    ['a variable without a name', [{ default: 'x' }], /variables\.0\.name/],
    ['the name of a standard variable', [{ name: 'queue' }], /standard variable/],
    ['a name twice', [{ name: 'A' }, { name: 'a' }, { name: 'A' }], /twice/],
    ['an unknown type', [{ name: 'A', type: 'date' }], /string, number, boolean/],
    ['a default that is no number', [{ name: 'A', type: 'number', default: 'x' }], /a number/],
    ['a default that is no boolean', [{ name: 'A', type: 'boolean', default: '1' }], /a boolean/],
    ['a variable that is a text', ['A'], /variables\.0/],
    ['variables that are no list', { A: 'x' }, /list/],
  ];

  for (const [what, variables, message] of wrong) {
    it(`refuses ${what} and declares nothing`, async () => {
      await deploy([triggerVariables], flow(variables));
      const error = node('declared').error.args[0]?.[0];
      assert.equal(error.code, 'E_CONFIG');
      assert.match(error.message, message);
      assert.equal(known().has('declared'), false);
    });
  }

  it('takes names that differ only in case for two variables', async () => {
    await deploy([triggerVariables], flow([{ name: 'orderNum' }, { name: 'ORDERNUM' }]));
    assert.equal(known().get('declared')?.length, 2);
  });

  it('forgets its variables when it goes', async () => {
    await deploy([triggerVariables], flow([{ name: 'A' }]));
    await redeploy(flow([{ name: 'B' }]));
    assert.deepEqual(
      known()
        .get('declared')
        ?.map(({ name }) => name),
      ['B'],
    );
    await redeploy([{ id: 'tab', type: 'tab' }]);
    assert.equal(known().size, 0);
  });
});
