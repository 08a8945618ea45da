import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMeters } from '../../../src/trace/meters.ts';

const manual = readFileSync(join(import.meta.dirname, '../../../docs/metrics.md'), 'utf8');

/** Name and type of each row of the manual's tables. */
function documented(): readonly string[] {
  return [...manual.matchAll(/^\| `(\w+)` *\| (\w+) *\|/gm)].map(
    ([, name, type]) => `${name} ${type}`,
  );
}

describe('the metrics of this package', () => {
  const families = createMeters().families();

  it('are all in the manual, and nothing else is', () => {
    const told = families.map(({ name, type }) => `${name} ${type}`);
    assert.deepEqual(documented().toSorted(), told.toSorted());
  });

  it('are all told in the alerts by names that exist', () => {
    const names = new Set(families.map(({ name }) => name));
    for (const [name] of manual.matchAll(/whatsapp_triggers_\w+/g)) {
      assert.ok(names.has(name.replace(/_(?:bucket|sum|count)$/, '')), name);
    }
  });

  it('have names as Prometheus wants them', () => {
    for (const { name, type } of families) {
      assert.match(name, /^whatsapp_triggers_[a-z_]+$/);
      assert.equal(name.endsWith('_total'), type === 'counter', name);
    }
  });
});
