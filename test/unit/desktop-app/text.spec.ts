import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nameOr, pageTitle, safeText } from '../../../src/desktop/app/model/text.ts';
import { english } from '../../../src/desktop/app/words/en.ts';
import { italian } from '../../../src/desktop/app/words/it.ts';
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
    const untitled = { ...page, content: { ...page.content, tabTitle: '' } };
    assert.equal(pageTitle(untitled, english.pages), 'crm.example');
  });

  it('is named in the language of the agent where nothing else is known', () => {
    const note = popup('p');
    const bare = { ...note, content: { ...note.content, title: ' ' } };
    assert.equal(pageTitle(bare, italian.pages), italian.pages.untitled.popup);
    const page = cti('c', 'tab', { url: 'nonsense' });
    const unknown = { ...page, content: { ...page.content, tabTitle: '' } };
    assert.deepEqual(
      [english, italian].map((words) => pageTitle(unknown, words.pages)),
      ['Page', 'Pagina'],
    );
  });
});
