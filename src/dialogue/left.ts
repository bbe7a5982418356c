import type { Flow } from './flow.ts';
import { hasAnswers } from './run.ts';
import { type Line, line } from './say.ts';
import type { ChatState, Run } from './state.ts';

/** A conversation somebody began and did not end, and what it is about. */
export interface LeftBehind {
  readonly run: number;
  readonly about: Line;
}

/** `talked to`: only the one that waits for an answer; `any`: also one that was put aside. */
export type Which = 'talked to' | 'any';

/** Finds what a chat left unfinished: something was answered in it, and it is no flow of a tap or two, nor one of the staff. */
export const leftBehindIn = (flows: readonly Flow[]) => {
  const worth = new Map(
    flows
      .filter(({ brief, needs }) => brief !== true && needs === undefined)
      .map((flow) => [flow.name, flow]),
  );
  return ({ runs, active }: ChatState, which: Which): LeftBehind | undefined => {
    const left = (run: Run): boolean =>
      worth.has(run.flow) && hasAnswers(run) && (which === 'any' || run.id === active);
    const run = runs.findLast(left);
    if (run === undefined) return undefined;
    return { run: run.id, about: worth.get(run.flow)?.about?.(run, 'ours') ?? line(`${run.flow}.title`) };
  };
};
