/** Why the embedded database cannot serve this data folder. None of them goes away by trying again. */
export type EmbeddedCode = 'already_running' | 'version_mismatch' | 'data_dir' | 'cannot_start';

/** The message is one sentence for the person who started the program; `code` is for everything else. */
export class EmbeddedProblem extends Error {
  readonly code: EmbeddedCode;

  constructor(code: EmbeddedCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EmbeddedProblem';
    this.code = code;
  }
}

export function alreadyRunning(path: string, pid?: number): EmbeddedProblem {
  const who = pid === undefined ? 'Another program' : `Another khaibao (process ${pid})`;
  return new EmbeddedProblem(
    'already_running',
    `${who} is using the data in ${path}: stop it, or set another DATA_DIR.`,
  );
}
