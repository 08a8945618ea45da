import assert from 'node:assert/strict';
import fc from 'fast-check';
import { generic } from '../../../../src/provider/generic/generic.ts';
import { preview } from '../../../../src/provider/generic/preview.ts';
import { readMapping } from '../../../../src/provider/generic/read-mapping.ts';
import { leavesOf } from '../../../../src/provider/generic/sample.ts';
import { readTime } from '../../../../src/provider/read-time.ts';
import * as fixture from '../../../fixtures/generic.ts';

const mapping = fixture.mappingOf(fixture.savedMapping);

function reasonOf(saved: unknown): string {
  const read = readMapping(saved);
  assert.ok(typeof read === 'string');
  return read;
}

describe('a mapping', () => {
  it('may be saved as JSON, and is the same when it is read again', () => {
    assert.deepEqual(readMapping(JSON.stringify(fixture.savedMapping)), mapping);
    assert.deepEqual(readMapping(mapping), mapping);
  });

  it('is refused with the property that is wrong', () => {
    const { paths } = fixture.savedMapping;
    for (const [change, reason] of [
      [{ each: 'a..b' }, /each is no path/],
      [{ paths: { ...paths, text: '[' } }, /paths\.text is no path/],
      [{ paths: { ...paths, text: {} } }, /paths\.text is no path/],
      [{ paths: { text: 'text', id: 'id' } }, /neither for the phone nor for the user id/],
      [{ paths: { phone: 'from' } }, /neither for the id nor for the time/],
      [{ proof: { kind: 'trust' } }, /neither "header" nor "hmac"/],
      [{ proof: { kind: 'header', name: 'X Key' } }, /no name of a header/],
      [{ proof: { kind: 'hmac', header: 'X', hash: 'md5' } }, /not sha1 or sha256/],
      [{ statuses: { SEEN: 'seen' } }, /"SEEN" is none of sent/],
      [{ outgoing: 'true' }, /outgoing is no list/],
    ] as const) {
      assert.match(reasonOf({ ...fixture.savedMapping, ...change }), reason);
    }
    for (const saved of [undefined, '', '{', [], 7]) assert.match(reasonOf(saved), /missing/);
  });

  it('and a request of any shape never make it throw', () => {
    const any = fc.object({
      key: fc.constantFrom('each', 'paths', 'proof', 'id', 'a', '__proto__'),
    });
    fc.assert(
      fc.property(any, fc.json(), (saved, body) => {
        const shown = preview({ ...fixture.savedMapping, ...saved }, body);
        assert.ok(Array.isArray(shown.facts));
      }),
    );
  });
});

describe('the preview of a mapping', () => {
  it('shows what the webhook would read, and what each path finds', () => {
    const sample = JSON.stringify({ line: fixture.accountId, messages: [fixture.message()] });
    const { problems, facts, found } = preview(fixture.savedMapping, sample);
    assert.deepEqual(problems, []);
    assert.deepEqual(facts, generic.parse(fixture.signed(Buffer.from(sample)), { mapping }).facts);
    assert.equal(found.account, fixture.accountId);
    assert.equal(found.text, "Dov'è il mio ordine? 📦");
    assert.equal(found.replyTo, undefined);
  });

  it('reads a form as it is posted', () => {
    const { facts } = preview(
      fixture.formMapping,
      new URLSearchParams(fixture.formMessage).toString(),
    );
    assert.equal(facts[0]?.kind === 'message' && facts[0].message.text, 'a+b = 100% ñ');
  });

  it('says what is wrong with the mapping, then with the sample', () => {
    assert.match(preview({}, '{}').problems[0] ?? '', /neither for the phone/);
    assert.match(preview(fixture.savedMapping, ' ').problems[0] ?? '', /Paste what/);
    assert.match(preview(fixture.savedMapping, '{').problems[0] ?? '', /no JSON/);
  });

  it('offers paths that find what they were made of', () => {
    const value = { a: [{ 'b.c': 'x', "d'": true }], 'e "f"': 0, g: null, h: { '*': 'y' } };
    const leaves = leavesOf(value);
    assert.equal(leaves.length, 4);
    for (const { path, value: text } of leaves) {
      const mapped = { ...fixture.savedMapping, each: '', paths: { phone: 'no', id: path } };
      assert.equal(preview(mapped, JSON.stringify(value)).found.id, text, path);
    }
  });
});

describe('a time', () => {
  it('may be seconds, milliseconds or ISO, where one without a zone is UTC', () => {
    const wanted = '2026-11-22T09:00:00.000Z';
    for (const time of [
      '1795338000',
      '1795338000000',
      '2026-11-22T09:00:00Z',
      '2026-11-22 09:00',
      '2026-11-22T10:00:00.000+01:00',
      '2026-11-22T14:30:00+0530',
    ]) {
      assert.equal(readTime(time), wanted, time);
    }
    for (const time of [undefined, '', 'today', '22/11/2026', '7', '2026-13-40T00:00:00Z']) {
      assert.equal(readTime(time), undefined, time);
    }
  });
});
