/** What a person can put right before the program can start. The message is one sentence that says how. */
export class SetupProblem extends Error {
  /**
   * @param {string} code stable, for tests and scripts
   * @param {string} message one sentence for the person at the keyboard
   * @param {{ cause?: unknown }} [options]
   */
  constructor(code, message, options) {
    super(message, options);
    this.name = 'SetupProblem';
    this.code = code;
  }
}

/**
 * The first line of whatever was thrown: enough for a sentence.
 * @param {unknown} error
 */
export function inOneLine(error) {
  const text = error instanceof Error ? error.message : String(error);
  return (text.trim().split('\n')[0] ?? '').trim();
}
