import assert from 'node:assert/strict';
import {
  askedOf,
  factsOf,
  type Happening,
  happenings,
  newEvent,
} from '../../../nodes/trigger-condition/made-event.editor.ts';
import { compilePattern } from '../../../src/condition/pattern.ts';
import { readRule, type Row } from '../../../src/condition/rule.ts';
import { shapeFields, shapes } from '../../../src/condition/shapes.ts';
import { createTrial } from '../../../src/condition/trial.ts';
import { eventNames } from '../../../src/event/event.ts';

const account = { id: 'acc1', name: 'Shop', key: 'IT', provider: 'meta', number: '+39' };
const now = new Date('2026-03-02T09:00:00Z');
const row = (field: string, more: object = {}): Row => ({
  field,
  operator: 'equals',
  value: 'x',
  ...more,
});

function asked(happening: Happening, ...all: Row[]) {
  return askedOf(readRule({ all }), happening);
}

describe('a made event', () => {
  it('can be of every kind that there is, and anything else', () => {
    const names = happenings.map(
      (happening) => factsOf({ ...newEvent, happening }, [account], [], now).event?.name,
    );
    assert.deepEqual(new Set(names), new Set([...eventNames, 'delivery', undefined]));
  });

  it('is never of a kind that there is not', () => {
    for (const happening of happenings) {
      const { event } = factsOf({ ...newEvent, happening }, [account], [], now);
      const said = {
        interaction: event?.interaction.change,
        message: event?.message?.verb,
        'interaction.state': event?.interaction.state,
        delivery: event?.delivery?.status,
      };
      const known = shapes.some((shape) => shapeFields.every((name) => shape[name] === said[name]));
      assert.ok(known, happening);
    }
  });

  it('is asked for what the rule looks at, and for nothing that it cannot have', () => {
    const rows = [
      row('message'),
      row('message.text'),
      row('queue'),
      row('queue'),
      row('delivery'),
      row('variable', { name: 'ORDER' }),
      row('msg', { path: 'payload.order' }),
      row('msg', { path: '..' }),
    ];
    assert.deepEqual(asked('incoming', ...rows), {
      parts: ['message.text', 'queue'],
      variables: ['ORDER'],
      properties: ['payload.order'],
    });
    assert.deepEqual(asked('closed', ...rows).parts, ['queue']);
    assert.deepEqual(asked('delivery', ...rows).parts, ['queue', 'delivery']);
    assert.deepEqual(asked('other', ...rows, row('time')).parts, ['time']);
  });

  it('finds in the rule what was typed, and nothing where nothing was', () => {
    const all = [
      row('message.text', { operator: 'contains', value: 'urgent' }),
      row('queue', { operator: 'notExists' }),
      row('account', { value: 'IT' }),
      row('variable', { name: 'ORDER', value: '9/9' }),
      row('variable', { name: 'LEVEL', value: 'gold' }),
      row('variable', { name: 'text', value: 'so urgent' }),
      row('msg', { path: 'msg.payload.order["the id"]', value: '7' }),
    ];
    const made = {
      happening: 'incoming' as const,
      parts: { 'message.text': 'so urgent', queue: '', 'message.type': 'text' },
      variables: { ORDER: '9/9', LEVEL: '' },
      properties: { 'msg.payload.order["the id"]': '7' },
    };
    const facts = factsOf(made, [account], [{ name: 'LEVEL', default: 'gold' }], now);
    const trial = createTrial(readRule({ all }), compilePattern)(facts);
    assert.deepEqual(
      trial.all.map((found) => found?.met),
      all.map(() => true),
    );
    assert.equal(facts.event?.queue, undefined);
  });

  it('stands hostile paths', () => {
    const properties = { '__proto__.polluted': 'x', 'constructor.prototype.polluted': 'x' };
    const facts = factsOf({ ...newEvent, properties }, [account], [], now);
    assert.equal(({} as { polluted?: string }).polluted, undefined);
    const found = [row('msg', { path: '__proto__.polluted' })];
    assert.equal(createTrial(readRule({ all: found }), compilePattern)(facts).met, true);
  });
});
