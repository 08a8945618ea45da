import assert from 'node:assert/strict';
import fc from 'fast-check';
import { piecesOf, type Tell } from '../../../plugins/whatsapp-triggers/pieces.editor.ts';

/** Fills in as the editor's catalogue does: again and again, whatever the values hold. */
const tell: Tell = (key, values = {}) => {
  let text = key;
  for (const [name, value] of Object.entries(values)) {
    text = text.replaceAll(`__${name}__`, () => String(value));
  }
  return text;
};

describe('a text of the sidebar', () => {
  it('keeps what others wrote apart from its own words', () => {
    const pieces = piecesOf(tell, '“__node__” failed: __message__', { node: 'CRM', message: 'no' });
    assert.deepEqual(pieces, ['“', { value: 'CRM' }, '” failed: ', { value: 'no' }]);
  });

  it('never fills anything into a value, also when it looks like a mark of the catalogue', () => {
    const marks = fc.constantFrom('__b__', '$t(why.acted)', '\ue0000\ue001', '<b>', '{{b}}');
    const value = fc.oneof(marks, fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(value, value, (a, b) => {
        assert.deepEqual(piecesOf(tell, '__a__ and __b__', { a, b }), [
          { value: a },
          ' and ',
          { value: b },
        ]);
      }),
    );
  });

  it('needs no value', () => {
    assert.deepEqual(piecesOf(tell, 'as it is', {}), ['as it is']);
  });
});
