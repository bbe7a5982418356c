import type { Memory } from './event.ts';
import { activeRun, without } from './run.ts';
import type { ChatState, Run } from './state.ts';

/** A conversation that is to become one with another. */
export interface Part {
  readonly state: ChatState;
  /** Whose work is under way in it, when its work is still ordered under names of its own: see `workName`. */
  readonly owner?: string;
}

/**
 * Two conversations may have given their work the same name: in the common one each is called after the conversation
 * that ordered it, and so must its result be when it comes.
 */
export const workName = (owner: string, work: string): string => `${owner}:${work}`;

const renamed = (run: Run, owner: string | undefined): Run =>
  owner === undefined || run.waiting === undefined
    ? run
    : { ...run, waiting: { ...run.waiting, work: workName(owner, run.waiting.work) } };

const known = (memory: Memory): Memory =>
  Object.fromEntries(Object.entries(memory).filter(([, value]) => value !== null));

/**
 * The question that is open keeps its buttons only where every button of the other conversation is older: a button
 * says no more of where it was drawn than its turn, and must not answer the question of somebody else's list.
 */
const withAsked = (run: Run, otherTurn: number): Run =>
  run.asked !== undefined && run.asked.turn > otherTurn ? run : without(run, 'asked');

/**
 * One conversation out of two; nothing typed in either is lost. `first` goes on as it is: its question, its numbers, its
 * language; the drafts of `second` are put aside, unless `first` talks of nothing. The next turn is one that neither has
 * used, so that whatever is drawn from now on is newer than all buttons in both chats.
 */
export const merge = (first: Part, second: Part): ChatState => {
  const [a, b] = [first.state, second.state];
  const own = a.runs.map((run) => renamed(run, first.owner));
  const added = b.runs.map((run, n) => ({ ...renamed(run, second.owner), id: a.nextRun + n }));
  const other = added[b.runs.findIndex(({ id }) => id === b.active)]?.id;
  const active = activeRun(a)?.id ?? other;
  const turns = activeRun(a) === undefined ? a.turn : b.turn;
  return {
    ...without(a, 'active'),
    turn: Math.max(a.turn, b.turn) + 1,
    runs: [...own, ...added].map((run) =>
      run.id === active ? withAsked(run, turns) : without(run, 'asked'),
    ),
    nextRun: a.nextRun + added.length,
    memory: { ...known(b.memory), ...known(a.memory) },
    ...(active === undefined ? {} : { active }),
  };
};
