import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nameOr, pageTitle, safeText } from '../../../src/desktop/app/model/text.ts';
import { cti, popup } from './desk.ts';

describe('text of customers', () => {
  it('keeps letters, quotes, brackets, emoji and line breaks as they are', () => {
    const text = `"O'Neil" <b>&amp;</b> 👩‍👧 مرحبا\n\tà spedire`;
    assert.equal(safeText(text), text);
  });

  it('loses control characters and half characters only', () => {
    assert.equal(safeText('a\u0000b\u001bc\ud800d\u0085e'), 'abc\ufffdde');
  });

  it('is well formed and free of NUL, whatever comes in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const safe = safeText(text);
        assert.ok(safe.isWellFormed() && !safe.includes('\u0000'));
      }),
    );
  });

  it('cannot turn the words beside a name around', () => {
    assert.equal(nameOr('Maria\u202e \u2067\n Rossi', 'nobody'), 'Maria Rossi');
  });

  it('is given a name where it has none', () => {
    assert.equal(nameOr(' \u202e\n', 'nobody'), 'nobody');
    const page = cti('c');
    assert.equal(pageTitle({ ...page, content: { ...page.content, tabTitle: '' } }), 'crm.example');
    const note = popup('p');
    assert.equal(pageTitle({ ...note, content: { ...note.content, title: ' ' } }), 'Popup');
  });
});
