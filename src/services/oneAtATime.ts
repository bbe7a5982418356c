import { within } from '../store/within.ts';

/** A look that takes longer (ms) may wait for an answer that never comes (`available` says how): the next one begins all the same. */
const LONGEST = 30_000;

/** Runs a look again and again, one at a time; a call during a look is another look after it. What goes wrong is told. */
export const oneAtATime = (
  look: () => Promise<unknown>,
  onError: (error: unknown) => void,
  longest = LONGEST,
) => {
  let running: Promise<void> | undefined;
  let again = false;
  const run = async (): Promise<void> => {
    do {
      again = false;
      await within(longest, 'a look', look()).catch(onError);
    } while (again);
  };
  const call = (): void => {
    again = true;
    running ??= run().finally(() => {
      running = undefined;
      if (again) call();
    });
  };
  return { call, idle: async () => running };
};
