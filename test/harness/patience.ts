import { patiently as openPatiently } from '../../src/store/patiently.ts';

/**
 * How long a test waits for what has to happen (ms). Long, because it costs nothing when things are well and the
 * machine may be busy with something else; shorter than jest's own limit, so that a wait that fails says what for.
 * What must not happen is waited for shortly, by the test itself.
 */
export const PATIENCE = 60_000;

/** Connects to a database that runs. One try is given up after two seconds, and a busy machine may take longer. */
export const patiently = <T>(open: () => Promise<T>): Promise<T> => openPatiently(open, PATIENCE);
