import { alreadyRunning, EmbeddedProblem } from './problem.ts';

/** What a line of mongod's log says when something is wrong. */
interface LogLine {
  readonly s?: string;
  readonly msg?: string;
  readonly attr?: { readonly error?: unknown; readonly message?: unknown; readonly reason?: unknown };
}

/** Listens to one mongod while it starts, to say in a sentence why it did not. */
export class FailureNotes {
  #first = '';

  /** The first error is the reason, the ones behind it are its consequences. */
  hear(line: string): void {
    const { s, msg, attr } = parse(line);
    if (this.#first === '' && (s === 'E' || s === 'F')) this.#first = `${msg}: ${detail(attr)}`;
  }

  /** True for what may be over in a moment: files still locked, a port just taken. */
  get passing(): boolean {
    return this.#locked || /address already in use/i.test(this.#first);
  }

  explain(error: unknown, dataPath: string): EmbeddedProblem {
    if (this.#locked) return alreadyRunning(dataPath);
    const reason = this.#first || (error as Error).message.split('\n')[0];
    const sentence = `The embedded MongoDB did not start on ${dataPath} (${reason}).`;
    return new EmbeddedProblem('cannot_start', sentence, { cause: error });
  }

  get #locked(): boolean {
    return this.#first.includes('DBPathInUse');
  }
}

function parse(line: string): LogLine {
  try {
    return JSON.parse(line) as LogLine;
  } catch {
    return { s: 'I' }; // the loader and the C library write plain text; mongodb-memory-server knows those lines
  }
}

function detail(attr: LogLine['attr']): string {
  const { error, message, reason } = attr ?? {};
  const said = message ?? reason ?? (error as { errmsg?: unknown } | undefined)?.errmsg ?? error;
  return said === undefined ? 'no detail' : String(said);
}
