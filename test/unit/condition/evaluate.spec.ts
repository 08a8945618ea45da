import assert from 'node:assert/strict';
import { compiled, factsOf, judge, judgeRow, noEvent, sampleEvent } from '../../support/facts.ts';
import { evaluate } from '../../../src/condition/evaluate.ts';

const opened = { field: 'interaction', operator: 'equals', value: 'opened' };
const incoming = { field: 'message', operator: 'equals', value: 'incoming' };

describe('evaluate', () => {
  it('is met by the one event that opens an interaction by a message', () => {
    assert.equal(judge({ all: [opened, incoming] }).met, true);
  });

  it('takes "opened" as the change that the event carries, not as a state that lasts', () => {
    const { change: _, ...interaction } = sampleEvent().interaction;
    const later = { event: sampleEvent({ interaction }) };
    assert.equal(judge({ all: [opened, incoming] }, later).met, false);
    const open = { field: 'interaction.state', operator: 'equals', value: 'open' };
    assert.equal(judge({ all: [open, incoming] }, later).met, true);
  });

  it('explains every row, also those after the first that was not met', () => {
    const rule = {
      all: [{ field: 'message', operator: 'equals', value: 'Outgoing' }, opened],
      any: [{ field: 'agent', operator: 'notEquals', value: 'anna' }],
    };
    assert.deepEqual(judge(rule), {
      met: false,
      conditions: [
        {
          list: 'all',
          field: 'message',
          operator: 'equals',
          value: 'Outgoing',
          actual: 'incoming',
          present: true,
          met: false,
        },
        {
          list: 'all',
          field: 'interaction',
          operator: 'equals',
          value: 'opened',
          actual: 'opened',
          present: true,
          met: true,
        },
        {
          list: 'any',
          field: 'agent',
          operator: 'notEquals',
          value: 'anna',
          actual: null,
          present: false,
          met: true,
        },
      ],
    });
  });

  it('says which variable and which property a row looked at', () => {
    const conditions = judge({
      all: [
        { field: 'variable', name: 'ORDERNUM', operator: 'exists', path: 'left.over' },
        { field: 'msg', path: 'payload.id', operator: 'exists' },
        { ...opened, name: 'left over' },
      ],
    }).conditions.map(({ name, path }) => [name, path]);
    assert.deepEqual(conditions, [
      ['ORDERNUM', undefined],
      [undefined, 'payload.id'],
      [undefined, undefined],
    ]);
  });

  it('hands out a copy of a list, so that a flow cannot change the rule', () => {
    const trigger = compiled({ all: [{ field: 'queue', operator: 'in', value: ['A', 'B'] }] });
    const first = evaluate(trigger, factsOf());
    for (const { value } of first.conditions) (value as string[]).push('Sales & Co');
    assert.deepEqual(evaluate(trigger, factsOf()).conditions[0]?.value, ['A', 'B']);
  });

  it('finds every field absent in a message without an event', () => {
    assert.deepEqual(judge({ all: [opened] }, noEvent).met, false);
    assert.deepEqual(judgeRow({ ...opened, operator: 'notEquals' }, noEvent).met, true);
  });
});
