import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { readScript } from '../../../plugins/whatsapp-triggers/deeds.editor.ts';
import { happeningOf, timestampOf } from '../../../plugins/whatsapp-triggers/request.editor.ts';

const catalogue = join(
  import.meta.dirname,
  '../../../plugins/whatsapp-triggers/locales/en-US/whatsapp-triggers.json',
);

describe('a scripted conversation', () => {
  it('is read line by line, with remarks and blanks between', () => {
    const { lines, faults } = readScript(
      `# A remark\nopen: Hello: are you there?\n\n Accept: anna \nlate 90: late\nagain\nwait: 0.5\nclose`,
    );
    assert.deepEqual(faults, []);
    assert.deepEqual(lines, [
      { line: 2, deed: { verb: 'open', text: 'Hello: are you there?' } },
      { line: 4, deed: { verb: 'accept', agent: 'anna' } },
      { line: 5, deed: { verb: 'late', minutes: 90, text: 'late' } },
      { line: 6, deed: { verb: 'again' } },
      { line: 7, deed: { verb: 'wait', seconds: 0.5 } },
      { line: 8, deed: { verb: 'close', reason: '' } },
    ]);
  });

  it('names the line that it does not understand, and what it lacks', () => {
    const text = 'customer:\nlate: soon\ndelivery: eaten\ndance\nwait: a while\naccept 3: anna';
    assert.deepEqual(
      readScript(text).faults.map(({ line, key }) => `${line} ${key}`),
      ['1 noText', '2 noNumber', '3 noStatus', '4 unknownVerb', '5 noNumber', '6 unknownVerb'],
    );
  });

  it('is either understood or faulty in each of its lines, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (parts) => {
        const text = parts.join('\n');
        const counted = text
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line !== '' && !line.startsWith('#'));
        const { lines, faults } = readScript(text);
        assert.equal(lines.length + faults.length, counted.length);
      }),
    );
  });

  it('comes with the package in a few that have no fault', () => {
    const words = JSON.parse(readFileSync(catalogue, 'utf8'))['whatsapp-triggers'];
    const ready = Object.entries<string>(words.ready).filter(([key]) => !key.endsWith('Name'));
    assert.ok(ready.length >= 3);
    for (const [key, text] of ready) {
      const { lines, faults } = readScript(text);
      assert.deepEqual(faults, [], key);
      assert.ok(lines.length > 2, key);
    }
  });
});

describe('what a button of the simulator sends', () => {
  it('is what a provider would tell of a phone', () => {
    assert.deepEqual(happeningOf({ verb: 'business', text: 'Hi' }, undefined), {
      kind: 'echo',
      text: 'Hi',
    });
    assert.deepEqual(happeningOf({ verb: 'delivery', status: 'read' }, 'wamid.1'), {
      kind: 'status',
      messageId: 'wamid.1',
      status: 'read',
    });
  });

  it('is nothing where there is no reply that a status could be about', () => {
    assert.equal(happeningOf({ verb: 'delivery', status: 'read' }, undefined), undefined);
  });

  it('bears the time at which a late message was written', () => {
    const now = Date.parse('2026-01-01T12:00:00Z');
    const at = (time: string) => Date.parse(time) / 1000;
    assert.equal(
      timestampOf({ verb: 'late', minutes: 90, text: 'x' }, now),
      at('2026-01-01T10:30:00Z'),
    );
    assert.equal(timestampOf({ verb: 'customer', text: 'x' }, now), at('2026-01-01T12:00:00Z'));
  });
});
