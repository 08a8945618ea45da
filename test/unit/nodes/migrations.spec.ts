import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import * as v from 'valibot';
import {
  currentVersion,
  migrated,
  migrations,
  refuseLater,
  type Step,
  versionOf,
} from '../../../nodes/shared/migrations.ts';
import { readConfig } from '../../../nodes/shared/schema.ts';
import { savedFlows } from '../../fixtures/saved-flows.ts';

const root = join(import.meta.dirname, '../../../nodes');
const types = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'shared')
  .map((entry) => entry.name);

const rename: Step = ({ old, ...rest }) => ({ ...rest, fresh: old });
const double: Step = ({ fresh, ...rest }) => ({ ...rest, fresh: Number(fresh) * 2 });

describe('the migration of what a flow has saved', () => {
  it('goes step by step from the version it was saved in', () => {
    const steps = [rename, double];
    assert.deepEqual(migrated({ old: 4 }, steps), { version: 3, fresh: 8 });
    assert.deepEqual(migrated({ version: 2, fresh: 4 }, steps), { version: 3, fresh: 8 });
    assert.deepEqual(migrated({ version: '2', fresh: 4 }, steps), { version: 3, fresh: 8 });
    assert.deepEqual(migrated({ version: 3, fresh: 4 }, steps), { version: 3, fresh: 4 });
  });

  it('takes what has no version, or none that is one, for the first', () => {
    for (const version of [undefined, null, 0, -1, 1.5, '', 'x', {}, Number.NaN]) {
      assert.equal(versionOf({ version }), 1);
    }
  });

  it('changes nothing of what it was given, and nothing in what is up to date', () => {
    const anything = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(anything, fc.constantFrom(...types), (properties, type) => {
        const saved = { ...properties, version: 1, type };
        const before = structuredClone(saved);
        const now = migrated(saved);
        assert.deepEqual(saved, before);
        assert.deepEqual(migrated(now), now);
        assert.equal(versionOf(now), currentVersion(type));
      }),
    );
  });

  it('gives a node that was written by hand the ports that it asks for', () => {
    const ports = (saved: object) => migrated({ ...saved }, migrations['whatsapp-in'])['outputs'];
    assert.deepEqual(
      [
        ports({ delivery: true }),
        ports({ delivery: 'true' }),
        ports({ delivery: false }),
        ports({}),
      ],
      [2, 2, 1, 1],
    );
  });

  it('refuses what a later version has saved, and leaves it as it is', () => {
    for (const type of types) {
      const later = { type, version: currentVersion(type) + 1 };
      assert.throws(() => refuseLater(later), { code: 'E_CONFIG', message: /later version/ });
      assert.throws(() => readConfig(v.object({}), later), { code: 'E_CONFIG' });
      assert.equal(migrated(later), later);
    }
  });
});

describe('the forms', () => {
  for (const type of types) {
    it(`of ${type} save the version that its migrations lead to`, () => {
      const editor = readFileSync(join(root, type, `${type}.editor.ts`), 'utf8');
      const [, version] = /\n {4}version: \{ value: (\d+) \},\n/.exec(editor) ?? [];
      assert.equal(Number(version), currentVersion(type));
      assert.ok(editor.includes(`fillDefaults('${type}');`));
    });

    it(`of ${type} have left a node of each of their versions among the saved flows`, () => {
      const versions = savedFlows
        .flat()
        .filter((node) => node.type === type)
        .map(versionOf);
      const all = Array.from({ length: currentVersion(type) }, (_, index) => index + 1);
      assert.deepEqual(new Set(versions), new Set(all));
    });
  }
});
