import { writeSync } from 'node:fs';

const STDOUT = 1;

/**
 * What is given to `armCrashPoints`: the process says so and kills itself, or stops until somebody lets it go on, the
 * n-th time it passes the point.
 * @param {import('./fleet.ts').Armed} armed
 * @returns {(at: import('../../../src/store/crash-point.ts').CrashPoint) => void}
 */
export const crashing = ({ name, point, passes, delay, stops = false }) => {
  let left = passes;
  const crash = () => {
    writeSync(STDOUT, `${stops ? 'stopped' : 'crashed'} ${name}\n`);
    process.kill(process.pid, stops ? 'SIGSTOP' : 'SIGKILL');
  };
  return (at) => {
    if (at !== point) return;
    left -= 1;
    if (left !== 0) return;
    if (delay > 0) setTimeout(crash, delay);
    else crash();
  };
};
