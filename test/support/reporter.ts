/**
 * What mocha prints by itself, followed by a line for each file in which a test failed, with the numbers
 * of that file: scripts/test.ts reads these lines.
 */
import mocha from 'mocha';

const { EVENT_TEST_FAIL, EVENT_TEST_PASS } = mocha.Runner.constants;

export default class FilesOfFailures extends mocha.reporters.Spec {
  readonly #files = new Map<string, { passed: number; failed: number }>();

  constructor(runner: mocha.Runner, options: mocha.MochaOptions) {
    super(runner, options);
    runner.on(EVENT_TEST_PASS, (test) => {
      this.#of(test).passed += 1;
    });
    runner.on(EVENT_TEST_FAIL, (test) => {
      this.#of(test).failed += 1;
    });
  }

  override epilogue(): void {
    super.epilogue();
    for (const [file, { passed, failed }] of this.#files) {
      if (failed > 0) process.stdout.write(`${file}: ${passed} passed, ${failed} failed\n`);
    }
  }

  /** A hook that failed is named by the file of its suite. */
  #of(test: mocha.Runnable): { passed: number; failed: number } {
    const file = test.file ?? test.parent?.file ?? '';
    const numbers = this.#files.get(file) ?? { passed: 0, failed: 0 };
    this.#files.set(file, numbers);
    return numbers;
  }
}
