import { writeSync } from 'node:fs';

/** How long the line is offered to whoever reads it (ms): a pipe that is full takes it once they have read on. */
const PATIENCE = 30_000;

function writeAll(/** @type {number} */ fd, /** @type {string} */ text) {
  const bytes = Buffer.from(text);
  const end = Date.now() + PATIENCE;
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(fd, bytes, at);
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EAGAIN' || Date.now() > end) throw error;
    }
  }
}

/**
 * What jest counts; a test suite with a runtime error is a file that did not load.
 * @typedef {object} Counts
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numRuntimeErrorTestSuites
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 */

/**
 * Ends a jest run with one line that people and CI read: `N passed, N failed`, and `, N skipped` when there are any.
 * A test file that does not load counts as one failed test; a run without any test is a failed run.
 */
export default class CountReporter {
  /** @type {Error | undefined} */
  #error;

  /**
   * @param {unknown} _contexts
   * @param {Counts} results
   */
  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    if (results.numPassedTests + failed === 0) this.#error = new Error('No test has run.');
    const end = skipped === 0 ? '' : `, ${skipped} skipped`;
    const line = `${results.numPassedTests} passed, ${failed} failed${end}\n`;
    // jest prints its summary after the last reporter, and on a forced exit silences the output that Node keeps open:
    // written straight to the descriptor, at the very end of the process, this comes last and comes out.
    process.on('exit', () => writeAll(process.stdout.fd, line));
  }

  /** jest asks this at the end; an error makes it exit with 1. */
  getLastError() {
    return this.#error;
  }
}
