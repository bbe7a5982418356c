/** A command cannot be done as it was given. The message is one sentence for whoever typed it. */
export class CommandProblem extends Error {
  override readonly name = 'CommandProblem';
}

/** Does every check, so that whoever typed the command hears of all that is wrong at once, one sentence a line. */
export const allAtOnce = (...checks: readonly (() => unknown)[]): void => {
  const sentences = checks.flatMap((check) => {
    try {
      check();
      return [];
    } catch (error) {
      if (error instanceof CommandProblem) return [error.message];
      throw error;
    }
  });
  if (sentences.length > 0) throw new CommandProblem(sentences.join('\n'));
};
