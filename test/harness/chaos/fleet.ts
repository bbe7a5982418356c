import { createWriteStream } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { type Armed, begin, type InstanceParts, type Loaded, load } from './loaded.ts';

export type { Armed, InstanceParts } from './loaded.ts';

/** One server process, which is killed and started again on the same port. */
export interface Instance {
  /** Resolves when it takes requests; false when it died before. `last`: none will follow it. */
  start(armed?: Armed, last?: boolean): Promise<boolean>;
  kill(): Promise<void>;
  pause(): void;
  resume(): void;
  /** Resolves with true when it died within so many ms. */
  died(within: number): Promise<boolean>;
  /** Resolves when it has died or stopped itself, or after so many ms. */
  halts(within: number): Promise<'dead' | 'stopped' | 'runs'>;
  /** Nothing of it is left. */
  end(): Promise<void>;
}

export const createInstance = (parts: InstanceParts): Instance => {
  const log = createWriteStream(parts.logFile, { flags: 'a' });
  let life: Loaded | undefined;
  /** The next one loads while this one lives: loading is most of what a start costs. */
  let spare: Loaded | undefined;

  const start = async (armed?: Armed, last = false): Promise<boolean> => {
    const next = spare ?? load(parts, log);
    spare = undefined;
    life = next;
    if (!(await begin(next, armed))) return false;
    next.child.on('exit', (code, signal) => signal !== 'SIGKILL' && parts.onEnd(`${code ?? signal}`));
    if (!last) spare = load(parts, log);
    return true;
  };
  const kill = async (one: Loaded | undefined): Promise<void> => {
    one?.child.kill('SIGKILL');
    await one?.ended;
  };
  return {
    start,
    kill: () => kill(life),
    pause: () => void life?.child.kill('SIGSTOP'),
    resume: () => void life?.child.kill('SIGCONT'),
    died: async (within) => {
      const ended = (life?.ended ?? Promise.resolve()).then(() => true);
      return Promise.race([ended, pause(within, false, { ref: false })]);
    },
    halts: async (within) => {
      if (life === undefined) return 'dead';
      const [dead, stopped] = [
        life.ended.then(() => 'dead' as const),
        life.stopped.then(() => 'stopped' as const),
      ];
      return Promise.race([dead, stopped, pause(within, 'runs' as const, { ref: false })]);
    },
    end: async () => {
      await Promise.all([kill(life), kill(spare)]);
      log.end();
    },
  };
};
