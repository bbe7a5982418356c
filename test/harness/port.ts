import { randomInt } from 'node:crypto';
import { freePort } from '../../src/store/embedded/port.ts';

/** The ports that the program looks among (`src/store/embedded/port.ts`), in as many strips as jest has workers. */
const FROM = 20_000;
const STRIP = 3_000;
const STRIPS = 4;

const worker = (): number => Number(process.env.JEST_WORKER_ID ?? 1) - 1;

/** A free port. Whoever looks in another strip at the same moment does not find the same one. */
export const ownPort = (strip = worker()): Promise<number> =>
  freePort(FROM + (strip % STRIPS) * STRIP + randomInt(STRIP));
