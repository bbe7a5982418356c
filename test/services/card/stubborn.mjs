/** A reading thread that does what the first byte of the photo says: what the real one does on no photo we could find. */
import { parentPort } from 'node:worker_threads';

parentPort?.on('message', ([order]) => {
  if (order === 1) for (;;);
  if (order === 2) throw new Error('a fault of ours');
  if (order === 3) process.exit(0);
  if (order === 4) {
    const held = [];
    for (;;) held.push(new Array(100_000).fill(order));
  }
  parentPort?.postMessage({ ok: false, problem: 'noCode' });
});
