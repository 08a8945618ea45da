import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  draftOf,
  keptOr,
  mappingOf,
} from '../../../nodes/whatsapp-account/mapping-draft.editor.ts';
import { findingsOf } from '../../../nodes/whatsapp-account/mapping-preview.editor.ts';
import { preview } from '../../../src/provider/generic/preview.ts';
import { readMapping } from '../../../src/provider/generic/read-mapping.ts';
import { formMapping, savedMapping } from '../../fixtures/generic.ts';

const throughTheForm = (saved: unknown) => mappingOf(draftOf(saved));

/** A text of the catalogue as its key and its values. */
const say = (key: string, values: object = {}): string =>
  [key, ...Object.values(values).map(String)].join(' · ');

describe('the form of a mapping', () => {
  it('writes back what it read, as the runtime reads it', () => {
    for (const saved of [savedMapping, formMapping, JSON.stringify(savedMapping)]) {
      assert.deepEqual(readMapping(throughTheForm(saved)), readMapping(saved));
    }
  });

  it('leaves a mapping written by hand alone while it says the same', () => {
    const byHand = { paths: { phone: 'from', id: 'id' } };
    assert.equal(keptOr(byHand, throughTheForm(byHand)), byHand);
    const changed = { ...throughTheForm(byHand), each: 'messages' };
    assert.equal(keptOr(byHand, changed), changed);
  });

  it('begins with paths that can be deployed at once, and saves them', () => {
    const first = throughTheForm('');
    assert.equal(typeof readMapping(first), 'object');
    assert.equal(keptOr('', first), first);
  });

  it('leaves out empty rows, and keeps the sample', () => {
    const draft = draftOf({ paths: { phone: 'from' }, sample: '{"from": 1}' });
    const mapping = mappingOf({
      ...draft,
      paths: [...draft.paths, { property: 'text', path: ' ' }],
      statuses: [{ word: '', meaning: 'read' }],
      outgoing: ' out, ,agent ',
    });
    assert.deepEqual(mapping.paths, { phone: 'from' });
    assert.deepEqual(mapping.statuses, {});
    assert.deepEqual(mapping.outgoing, ['out', 'agent']);
    assert.equal(mapping.sample, '{"from": 1}');
  });

  it('opens whatever is saved', () => {
    fc.assert(
      fc.property(fc.anything(), (saved) => {
        const once = throughTheForm(saved);
        assert.deepEqual(throughTheForm(once), once);
      }),
    );
  });
});

describe('the preview of a mapping', () => {
  const mapping = {
    each: 'list',
    paths: { id: 'id', phone: 'from', name: 'who', text: 'text', account: 'to' },
  };
  const show = (sample: object, accountId = '') =>
    findingsOf(preview(mapping, JSON.stringify(sample)), accountId, say);

  it('says what becomes of each event of the sample', () => {
    const list = [{ id: 1, from: '393331234567', who: 'Ada', text: 'Ciao' }, { id: 2 }];
    const [first, second] = show({ list });
    assert.deepEqual(first, {
      state: 'ok',
      text: 'preview.incoming · +393331234567 (Ada) · text · Ciao',
    });
    assert.equal(second?.state, 'wrong');
  });

  it('says when the sample is for another account than that of the form', () => {
    const sample = { list: [{ id: 1, from: '393331234567', text: 'Ciao', to: 'B' }] };
    assert.deepEqual(show(sample, 'B').length, 1);
    assert.deepEqual(show(sample, 'A')[1], { state: 'warning', text: 'preview.otherAccount · B' });
  });

  it('says what is wrong with an unfinished mapping', () => {
    const [finding] = findingsOf(preview({ paths: {} }, '{}'), '', say);
    assert.equal(finding?.state, 'wrong');
  });
});
