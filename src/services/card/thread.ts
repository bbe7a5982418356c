/** The main side of the reading thread: starts it at the first photo, ends and forgets it when it fails. */
import { Worker } from 'node:worker_threads';
import { HEAP_MB } from './limits.ts';
import { type CardResult, refused } from './result.ts';

/** Run from source (tests, benchmarks) the thread is TypeScript too, and needs a loader that the build never does. */
const SOURCE = import.meta.url.endsWith('.ts');
const FILE = SOURCE ? new URL('./worker.ts', import.meta.url) : new URL('./worker.js', import.meta.url);
const LOADER = SOURCE ? ['--import', new URL('../../../tools/typescript.mjs', import.meta.url).href] : [];

export interface ReadingThread {
  /** One at a time. Rejects when the thread dies of a fault of ours, or is closed; after a fault the next read has a new one. */
  read(image: Uint8Array): Promise<CardResult>;
  close(): Promise<void>;
}

/** A photo that takes longer than `readMs` is given up, and the thread with it: nothing else stops WebAssembly. */
export function createReadingThread(readMs: number, file = FILE): ReadingThread {
  let worker: Worker | undefined;
  let closed = false;
  async function current(): Promise<Worker> {
    // On glibc sharp's libraries must stay loaded after a thread that used them is gone, or the next cannot start.
    await import('sharp');
    if (closed) throw new Error('the card reader is closed');
    worker ??= start(file, (ended) => {
      if (worker === ended) worker = undefined;
    });
    return worker;
  }
  return {
    async read(image) {
      const answer = await ask(await current(), image, readMs);
      if (answer !== 'late') return answer;
      await worker?.terminate();
      return refused('timeout');
    },
    async close() {
      closed = true;
      await worker?.terminate();
    },
  };
}

function start(file: URL, forget: (ended: Worker) => void): Worker {
  const worker = new Worker(file, { execArgv: LOADER, resourceLimits: { maxOldGenerationSizeMb: HEAP_MB } });
  worker.unref(); // an idle reader does not keep the process alive; a read under way does, by its timer
  // A read under way rejects with the error; for an idle thread this listener keeps it from ending the process.
  worker.on('error', () => forget(worker));
  worker.on('exit', () => forget(worker));
  return worker;
}

function ask(worker: Worker, image: Uint8Array, readMs: number): Promise<CardResult | 'late'> {
  return new Promise((resolve, reject) => {
    const settle =
      <T>(how: (value: T) => void) =>
      (value: T) => {
        clearTimeout(timer);
        worker.off('message', answered).off('error', failed).off('exit', ended);
        how(value);
      };
    const answered = settle<CardResult>(resolve);
    const failed = settle<Error>((cause) =>
      reject(new Error('the thread that reads cards failed', { cause })),
    );
    const ended = settle<number>(() => reject(new Error('the thread that reads cards was stopped')));
    const timer = setTimeout(settle<'late'>(resolve), readMs, 'late');
    worker.on('message', answered).on('error', failed).on('exit', ended);
    const copy = new Uint8Array(image); // a Buffer may share its memory with others: only a copy can be handed over
    worker.postMessage(copy, [copy.buffer]);
  });
}
