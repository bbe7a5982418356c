import pino, { type DestinationStream } from 'pino';

/** A terminal that was closed, a reader that has gone: neither comes back. */
const GONE: ReadonlySet<unknown> = new Set(['EIO', 'EPIPE']);
/** Kept for a disk that is full; what is more is dropped (bytes). */
const KEPT = 1_000_000;

const nothing = () => undefined;

/**
 * Standard output for the log, for as long as it takes anything. pino's own knows EPIPE only: at a closed terminal it
 * throws, and while the process ends it tries the same line again for ever, which keeps the process from ending.
 */
export const logOutput = (): DestinationStream => {
  const output = pino.destination({ dest: process.stdout.fd, sync: false, maxLength: KEPT });
  output.on('error', ({ code }: NodeJS.ErrnoException) => {
    output.flushSync = nothing; // the one that tries for ever
    if (GONE.has(code)) Object.assign(output, { write: nothing, end: nothing, destroy: nothing });
  });
  return output;
};

/** What else is printed there must not end the server either: nobody reads it any more. */
export const outliveTerminal = (): void => {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', nothing);
};
