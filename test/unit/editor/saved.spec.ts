import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isBlank, readEntries } from '../../../nodes/shared/entries.editor.ts';
import { flagOf } from '../../../nodes/shared/flags.editor.ts';
import { splitText } from '../../../nodes/shared/split-text.ts';
import { keptList, listedIn, oneEntry } from '../../../nodes/shared/text-list.editor.ts';
import { sampleObject, showSample } from '../../../nodes/popup-template/sample-text.editor.ts';
import { selectedLists } from '../../../nodes/url-forward/selected-lists.editor.ts';

describe('what a form reads and saves', () => {
  const columns = [
    { key: 'name' },
    { key: 'type', kind: 'select' },
    { key: 'sensitive', kind: 'check' },
  ] as const;

  it('gives every entry of a table all of its columns', () => {
    const saved = [
      { name: 5 },
      { name: 'a', type: 'number', sensitive: true, other: 1 },
      null,
      'x',
    ];
    assert.deepEqual(readEntries(saved, columns), [
      { name: '5', type: '', sensitive: false },
      { name: 'a', type: 'number', sensitive: true },
    ]);
    assert.deepEqual(readEntries('nothing', columns), []);
  });

  it('leaves out rows in which nothing was typed', () => {
    assert.ok(isBlank({ name: ' ', type: 'string', sensitive: true }, columns));
    assert.ok(!isBlank({ name: 'a', type: 'string', sensitive: false }, columns));
  });

  it('gives back any sample object it was given', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (sample) => {
        const plain: unknown = JSON.parse(JSON.stringify(sample));
        assert.deepEqual(sampleObject(showSample(plain)), plain);
      }),
    );
  });

  it('keeps a sample that is no object as it was typed', () => {
    for (const text of ['{', '[1]', '5', 'null', '"a"']) {
      assert.equal(sampleObject(text), text);
      assert.equal(showSample(text), text);
    }
    assert.deepEqual(sampleObject('  '), {});
  });

  it('takes a flag that was written as a text for what it says', () => {
    assert.deepEqual(['true', 'false', true, '${ON}', undefined].map(flagOf), [
      true,
      false,
      true,
      '${ON}',
      undefined,
    ]);
  });

  it('keeps a list that was written as one text, until its rows are changed', () => {
    for (const saved of ['10.0.0.0/8,crm.local', ' a,\nb ', '${ALLOW}', '']) {
      assert.equal(keptList(saved, listedIn(saved, splitText), splitText), saved);
    }
    assert.deepEqual(listedIn('10.0.0.0/8, crm.local\n', splitText), ['10.0.0.0/8', 'crm.local']);
    assert.deepEqual(listedIn('anna, {{agent}}', oneEntry), ['anna, {{agent}}']);
    assert.deepEqual(listedIn([5, ' a ', '', null], splitText), ['5', 'a']);
    assert.deepEqual(keptList('a,b', ['a'], splitText), ['a']);
    assert.deepEqual(keptList(undefined, [], splitText), []);
  });

  it('finds the variables that a flow written by hand selects', () => {
    const flow = [
      { id: 'a', type: 'url-forward', selected: ['text', 'queue'] },
      { id: 'b', type: 'url-forward', selected: true },
      { id: 'd', type: 'url-forward', selected: 'text, queue' },
      { id: 'c', type: 'inject', selected: ['text'] },
      null,
    ];
    const lists = new Map<string, unknown>([
      ['a', ['text', 'queue']],
      ['d', 'text, queue'],
    ]);
    assert.deepEqual(selectedLists(flow), lists);
    assert.deepEqual(selectedLists({ flows: flow, rev: '1' }), lists);
    assert.deepEqual(selectedLists(null), new Map());
  });
});
