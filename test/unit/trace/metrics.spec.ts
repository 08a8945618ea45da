import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createRegistry, renderMetrics } from '../../../src/trace/metrics.ts';

describe('metrics', () => {
  const text = (make: (registry: ReturnType<typeof createRegistry>) => void): string => {
    const registry = createRegistry('test_');
    make(registry);
    return renderMetrics(registry.families());
  };

  it('say HELP and TYPE of a metric that nothing was counted for yet', () => {
    const rendered = text(({ counter }) => void counter('things_total', 'Things.', ['kind']));
    assert.equal(rendered, '# HELP test_things_total Things.\n# TYPE test_things_total counter\n');
  });

  it('begin a counter without labels at 0, so that its first rise is seen', () => {
    const rendered = text(({ counter }) => void counter('things_total', 'Things.'));
    assert.ok(rendered.endsWith('\ntest_things_total 0\n'));
  });

  it('add up for each combination of labels', () => {
    const rendered = text(({ counter }) => {
      const things = counter('things_total', 'Things.', ['kind', 'size']);
      things.add(1, 'a', 'small');
      things.add(2, 'a', 'small');
      things.add(4, 'a', 'big');
    });
    assert.match(rendered, /^test_things_total\{kind="a",size="small"\} 3$/m);
    assert.match(rendered, /^test_things_total\{kind="a",size="big"\} 4$/m);
  });

  it('forget of a gauge what is not there any more', () => {
    const registry = createRegistry('');
    const waiting = registry.gauge('waiting', 'Waiting.', ['store']);
    waiting.replace([
      [3, 'a'],
      [4, 'b'],
    ]);
    waiting.replace([[5, 'b']]);
    assert.equal(
      renderMetrics(registry.families()),
      '# HELP waiting Waiting.\n# TYPE waiting gauge\nwaiting{store="b"} 5\n',
    );
  });

  it('count into cumulative buckets, with their sum and number', () => {
    const rendered = text(({ histogram }) => {
      const times = histogram('seconds', 'Times.', [0.1, 1]);
      [0.05, 0.1, 0.5, 7].forEach((value) => times.observe(value));
    });
    assert.deepEqual(rendered.split('\n').slice(2, -1), [
      'test_seconds_bucket{le="0.1"} 2',
      'test_seconds_bucket{le="1"} 3',
      'test_seconds_bucket{le="+Inf"} 4',
      'test_seconds_sum 7.65',
      'test_seconds_count 4',
    ]);
  });

  it('keep a bounded number of series: what comes later counts as "other"', () => {
    const rendered = text(({ counter }) => {
      const things = counter('things_total', 'Things.', ['kind']);
      for (let n = 0; n < 2_000; n++) things.add(1, `kind ${n}`);
    });
    const lines = rendered.split('\n').filter((line) => line.startsWith('test_'));
    assert.equal(lines.length, 501);
    assert.equal(lines.at(-1), 'test_things_total{kind="other"} 1500');
  });

  it('bring every label value through the text format, on one line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const rendered = text(({ counter }) => {
          counter('things_total', 'Two\nlines \\ here', ['kind']).add(1, value);
        });
        const [help, , sample = '', end] = rendered.split('\n');
        assert.equal(help, '# HELP test_things_total Two\\nlines \\\\ here');
        assert.equal(end, '');
        assert.equal(read(sample), value.toWellFormed());
      }),
    );
  });
});

/** The label value of a sample line, read as the format's grammar says. */
function read(line: string): string {
  const [, quoted = ''] =
    /^test_things_total\{kind="((?:[^"\\\n]|\\["\\n])*)"\} 1$/s.exec(line) ?? [];
  return quoted.replaceAll(/\\(.)/gs, (_, one: string) => (one === 'n' ? '\n' : one));
}
