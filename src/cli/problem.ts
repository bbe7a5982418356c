/** A command cannot be done as it was given. The message is one sentence for whoever typed it. */
export class CommandProblem extends Error {
  override readonly name = 'CommandProblem';
}
