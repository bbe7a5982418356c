import { Unavailable } from '../../src/store/errors.ts';

/**
 * How long a test waits for what has to happen (ms). Long, because it costs nothing when things are well and the
 * machine may be busy with something else; shorter than jest's own limit, so that a wait that fails says what for.
 * What must not happen is waited for shortly, by the test itself.
 */
export const PATIENCE = 60_000;

/**
 * Connects to a database that runs. It is given up after two seconds (`connect`), and a busy machine may take longer:
 * then once more. What else goes wrong is thrown.
 */
export const patiently = async <T>(open: () => Promise<T>): Promise<T> => {
  for (const end = Date.now() + PATIENCE; ; ) {
    try {
      return await open();
    } catch (error) {
      if (!(error instanceof Unavailable) || Date.now() > end) throw error;
    }
  }
};
