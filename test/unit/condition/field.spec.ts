import assert from 'node:assert/strict';
import { controlOf, fieldNames, fields } from '../../../src/condition/field.ts';
import { operators } from '../../../src/condition/operator.ts';
import { judge, judgeRow, sampleEvent } from '../../support/facts.ts';

const opened = { field: 'interaction', operator: 'equals', value: 'opened' };

describe('the fields', () => {
  it('compares enumerations without case or blanks around', () => {
    for (const value of ['Opened', ' OPENED ', 'opened']) {
      assert.equal(judge({ all: [{ ...opened, value }] }).met, true, value);
    }
    assert.equal(
      judgeRow({ field: 'message', operator: 'in', value: 'Accepted, INCOMING' }).met,
      true,
    );
    assert.equal(judgeRow({ field: 'message.type', operator: 'equals', value: 'Text' }).met, true);
  });

  it('takes a type of message that it does not know, as providers invent new ones', () => {
    const { message } = sampleEvent();
    const event = sampleEvent({ message: { ...message!, type: 'hologram' } });
    const row = { field: 'message.type', operator: 'equals', value: 'hologram' };
    assert.equal(judgeRow(row, { event }).met, true);
  });

  it('compares an account by its id, else by its name or key', () => {
    for (const value of ['acc1', ' acc1 ', 'Sales line', 'SALES']) {
      assert.equal(judgeRow({ field: 'account', operator: 'equals', value }).met, true, value);
      assert.equal(judgeRow({ field: 'account', operator: 'notEquals', value }).met, false, value);
    }
    assert.equal(judgeRow({ field: 'account', operator: 'equals', value: 'acc2' }).met, false);
    const one = judgeRow({ field: 'account', operator: 'in', value: ['acc2', 'SALES'] });
    assert.deepEqual([one.met, one.actual], [true, 'acc1']);
  });

  it('reads contact, queue, agent and delivery status', () => {
    const event = sampleEvent({
      agent: { username: 'anna', name: 'Anna' },
      delivery: { status: 'failed' },
    });
    const cases: [string, string, unknown][] = [
      ['contact.phone', 'startsWith', '+39'],
      ['contact.name', 'equals', 'Zoe\u0308'],
      ['queue', 'equals', 'Sales & Co'],
      ['agent', 'equals', 'anna'],
      ['delivery', 'equals', 'Failed'],
      ['message.text', 'endsWith', '?'],
    ];
    for (const [field, operator, value] of cases) {
      assert.equal(judgeRow({ field, operator, value }, { event }).met, true, field);
    }
  });

  it('takes an empty text of the event as none', () => {
    const { message } = sampleEvent();
    const event = sampleEvent({ message: { ...message!, text: '' }, queue: '' });
    for (const field of ['message.text', 'queue']) {
      assert.equal(judgeRow({ field, operator: 'exists' }, { event }).met, false, field);
    }
  });

  it('reads variables by their exact name', () => {
    const row = { field: 'variable', name: 'ORDERNUM', operator: 'equals', value: '9/9' };
    assert.equal(judgeRow(row, { variables: { ORDERNUM: '9/9' } }).met, true);
    assert.equal(judgeRow(row, { variables: { ordernum: '9/9' } }).present, false);
  });

  it('keeps the empty text of a custom variable, and takes that of a standard one as none', () => {
    const variables = { ORDERNUM: '', queue: '' };
    const empty = { field: 'variable', operator: 'equals', value: '' };
    assert.equal(judgeRow({ ...empty, name: 'ORDERNUM' }, { variables }).met, true);
    assert.equal(judgeRow({ ...empty, name: 'queue' }, { variables }).present, false);
  });

  it('reads properties of the message by their path, with and without "msg." in front', () => {
    const msg = { payload: { items: [{ price: 12 }], paid: true }, 'a b': 'c' };
    const cases: [string, string, unknown][] = [
      ['payload.items[0].price', 'equals', '12'],
      ['msg.payload.items[0].price', 'greaterThan', 11],
      ['payload.items.length', 'equals', 1],
      ['payload.paid', 'equals', true],
      ['["a b"]', 'equals', 'c'],
      ['payload.items', 'contains', '"price":12'],
    ];
    for (const [path, operator, value] of cases) {
      assert.equal(judgeRow({ field: 'msg', path, operator, value }, { msg }).met, true, path);
    }
  });

  it('reaches nothing that is inherited', () => {
    const msg = { payload: {}, text: 'x' };
    for (const path of ['constructor', 'payload.__proto__', 'payload.toString', 'text.length']) {
      assert.equal(judgeRow({ field: 'msg', path, operator: 'exists' }, { msg }).met, false, path);
    }
    const row = { field: 'variable', name: 'constructor', operator: 'exists' };
    assert.equal(judgeRow(row, { variables: {} }).met, false);
  });

  it('finds a property with a cycle in it present, without a text', () => {
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    const row = { field: 'msg', path: 'loop', operator: 'exists' };
    const { met, actual } = judgeRow(row, { msg: { loop } });
    assert.deepEqual([met, actual], [true, '']);
  });

  it('takes null for absent', () => {
    const row = { field: 'msg', path: 'payload', operator: 'exists' };
    assert.equal(judgeRow(row, { msg: { payload: null } }).met, false);
  });
});

describe('controlOf', () => {
  it('gives every field of the specification a control for its values', () => {
    const control = (field: keyof typeof fields) => controlOf(fields[field], operators.equals);
    assert.deepEqual(control('account'), { kind: 'account' });
    assert.deepEqual(control('interaction'), {
      kind: 'enumeration',
      values: ['opened', 'closed'],
      open: false,
    });
    assert.deepEqual(control('message'), {
      kind: 'enumeration',
      values: ['accepted', 'rejected', 'incoming', 'outgoing'],
      open: false,
    });
  });

  it('follows the operator where that takes something else than one value', () => {
    assert.deepEqual(controlOf(fields.message, operators.exists), { kind: 'none' });
    assert.deepEqual(controlOf(fields.variable, operators.between), { kind: 'range' });
    assert.deepEqual(controlOf(fields.queue, operators.matches), { kind: 'pattern' });
    assert.deepEqual(controlOf(fields.time, operators.notEquals), { kind: 'time' });
    assert.deepEqual(controlOf(fields.account, operators.in), {
      kind: 'list',
      of: 'account',
      values: [],
    });
  });

  it('offers the two operators of the specification for every field', () => {
    for (const name of fieldNames) {
      assert.deepEqual(fields[name].operators.slice(0, 2), ['equals', 'notEquals'], name);
    }
  });
});
