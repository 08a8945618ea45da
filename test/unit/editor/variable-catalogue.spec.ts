import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  catalogueOf,
  matching,
  nearest,
  unknownNames,
} from '../../../nodes/shared/variables/catalogue.editor.ts';
import { madeEvent } from '../../../src/event/made-event.ts';
import { standardVariableNames, standardVariables } from '../../../src/event/standard-variables.ts';

const event = madeEvent();
const custom = [
  { name: 'ORDERNUM', sensitive: false, description: 'The order' },
  { name: 'CARD', sensitive: true, description: '' },
];

const catalogue = (msg: object = {}) =>
  catalogueOf({
    custom,
    describe: (name) => `about ${name}`,
    msg: {
      payload: event,
      variables: { ...standardVariables(event), ORDERNUM: '9/9', SETBYFLOW: 'x' },
      ...msg,
    },
  });
const found = (name: string, msg?: object) => catalogue(msg).find((one) => one.name === name);

describe('the variables that a form offers', () => {
  it('are the standard ones with their value in the sample', () => {
    assert.deepEqual(found('calleridname'), {
      name: 'calleridname',
      group: 'standard',
      value: 'Anna Bell & Sons',
      sensitive: false,
      description: 'about calleridname',
    });
    const standard = catalogue().filter(({ group }) => group === 'standard');
    assert.deepEqual(
      standard.map(({ name }) => name),
      standardVariableNames,
    );
  });

  it('are those of the flow, declared or only set, with what was said of them', () => {
    assert.equal(found('ORDERNUM')?.value, '9/9');
    assert.equal(found('ORDERNUM')?.description, 'The order');
    assert.deepEqual(found('CARD')?.sensitive, true);
    assert.equal(found('SETBYFLOW')?.group, 'custom');
  });

  it('are the parts of the message, by the path that a template would write', () => {
    assert.equal(found('contact.phone')?.value, '+15550100300');
    assert.equal(found('order.lines.0.id', { order: { lines: [{ id: 7 }] } })?.value, '7');
    assert.equal(found('payload.id'), undefined);
  });

  it('leave out what no template could name', () => {
    const msg = { order: { 'with blank': 1, '{{x}}': 2, fine: 3 } };
    const names = catalogue(msg).map(({ name }) => name);
    assert.deepEqual(
      names.filter((name) => name.startsWith('order')),
      ['order.fine'],
    );
  });

  it('stand whatever a message is made of', () => {
    fc.assert(
      fc.property(fc.object({ withNullPrototype: true, maxDepth: 6 }), (msg) => {
        for (const { name, value } of catalogue(msg)) {
          assert.match(name, /^[\p{L}\p{N}_$.-]+$/u);
          assert.ok(value === undefined || typeof value === 'string');
        }
      }),
    );
  });
});

describe('the search for a variable', () => {
  const names = (query: string) => matching(catalogue(), query).map(({ name }) => name);

  it('finds parts of names in any case, those that begin with it first', () => {
    assert.deepEqual(names('AGENT'), ['agent', 'agentname']);
    assert.equal(names('order')[0], 'ORDERNUM');
    assert.deepEqual(names('number'), ['accountnumber', 'account.number']);
  });

  it('finds all of them for nothing', () => {
    assert.equal(names('').length, catalogue().length);
  });

  it('finds the one that was meant when none is called so', () => {
    assert.deepEqual(names('calleridnaem'), ['calleridname']);
    assert.deepEqual(names('zzzzzz'), []);
  });
});

describe('the nearest name', () => {
  const names = ['calleridnum', 'calleridname', 'text', 'queue', 'contact.name'];

  it('is the one with a slip of the finger less', () => {
    assert.equal(nearest(names, 'calleridnm'), 'calleridnum');
    assert.equal(nearest(names, 'CallerIdNum'), 'calleridnum');
    assert.equal(nearest(names, 'tetx'), 'text');
    assert.equal(nearest(names, 'contact.nme'), 'contact.name');
  });

  it('is the only one that goes on like it', () => {
    assert.equal(nearest(names, 'que'), 'queue');
    assert.equal(nearest(names, 'caller'), undefined);
  });

  it('is none when too much differs', () => {
    assert.equal(nearest(names, 'ORDERNUM'), undefined);
    assert.equal(nearest(names, 'x'), undefined);
    assert.equal(nearest([], 'text'), undefined);
  });

  it('of a known name is the name itself', () => {
    fc.assert(
      fc.property(fc.constantFrom(...standardVariableNames), (name) => {
        assert.equal(nearest(standardVariableNames, name), name);
      }),
    );
  });
});

describe('the names that nobody knows', () => {
  const unknown = (...names: string[]) => unknownNames(names, catalogue());

  it('are flat ones that are neither standard nor of the flow', () => {
    assert.deepEqual(unknown('text', 'ORDERNUM', 'SETBYFLOW', 'calleridnm'), ['calleridnm']);
  });

  it('are slips in the path of an event, but no part that this sample only lacks', () => {
    assert.deepEqual(unknown('contact.nam', 'contact.name', 'message.replyTo'), ['contact.nam']);
  });

  it('are no paths into what another node may bring', () => {
    assert.deepEqual(unknown('payload.order.id', 'flow.x', 'env.HOST', 'response.body.x'), []);
  });
});
