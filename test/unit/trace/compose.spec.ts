import assert from 'node:assert/strict';
import { compose } from '../../../src/trace/compose.ts';
import type { MaskOptions } from '../../../src/trace/mask.ts';
import type { Trace, TracedStep } from '../../../src/trace/trace.ts';
import { incomingEvent } from '../../fixtures/event.ts';

const plain: MaskOptions = { masks: [], sensitive: { names: new Set(), defaults: [] } };
const done = { kind: 'action', outcome: 'done', at: 0 } as const;

describe('the entry of an event', () => {
  function trace(more: Partial<Trace> = {}, ...steps: readonly TracedStep[]): Trace {
    const event = incomingEvent();
    const known = {
      id: event.id,
      event,
      isReceived: true,
      keeping: 'whole',
      isOld: false,
      hasLanded: false,
    } as const;
    return { ...known, steps: [...steps], ...more };
  }
  const lacks = (variables: object, options = plain) => {
    const entry = compose(trace({}, { ...done, variables }), undefined, options);
    return entry?.masked;
  };

  it('lacks nothing where the variables are kept as they were', () => {
    assert.deepEqual(lacks({ ORDER: '9/9', text: 'x'.repeat(700) }), []);
  });

  it('says so where a variable was too long', () => {
    assert.deepEqual(lacks({ ADDRESS: 'x'.repeat(501) }), ['msg']);
  });

  it('says so where a variable holds what is hidden, under whatever name', () => {
    const sensitive = { names: new Set(['KEY']), defaults: ['s3cret'] };
    assert.deepEqual(lacks({ LINK: 'https://crm/?key=s3cret' }, { masks: [], sensitive }), ['msg']);
    const phone = { ...plain, masks: ['phone'] as const };
    assert.deepEqual(lacks({ CALLBACK: '+393331234567' }, phone), ['phone', 'msg']);
  });

  it('says so where there were more variables than it keeps', () => {
    const many = Array.from({ length: 200 }, (_, index) => [`V${index}`, '1'] as const);
    assert.deepEqual(lacks(Object.fromEntries(many)), ['msg']);
  });

  it("says so where there was the provider's own object, also when more is added later", () => {
    const event = incomingEvent({ raw: { from: 'vip' } });
    const first = compose(trace({ id: event.id, event }), undefined, plain);
    assert.deepEqual(first?.masked, ['raw']);
    const { event: _, ...later } = trace({ id: event.id }, { ...done });
    assert.deepEqual(compose({ ...later, event: undefined }, first, plain)?.masked, ['raw']);
  });
});
