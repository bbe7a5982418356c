import { badRequest } from './refusal.ts';

interface Query {
  readonly user: number;
  readonly at: number;
  answered?: string;
}

const STALE = 'query is too old and response timeout expired or query ID is invalid';

/** Presses of inline buttons, each to be answered once and soon. */
export const createQueries = (answerLife: number) => {
  const asked = new Map<string, Query>();
  const of = (user: number): Query[] => [...asked.values()].filter((query) => query.user === user);
  return {
    /** The id Telegram makes is the user's number above and chance below; only the length matters here. */
    open: (user: number): string => {
      const id = `${user}${Math.floor(Math.random() * 1e9)}`;
      asked.set(id, { user, at: Date.now() });
      return id;
    },
    answer: (id: string, text: string): void => {
      const query = asked.get(id);
      if (query === undefined || query.answered !== undefined || Date.now() - query.at > answerLife)
        throw badRequest(STALE);
      query.answered = text;
    },
    toasts: (user: number): readonly string[] => of(user).flatMap(({ answered }) => answered ?? []),
    waiting: (user: number): number => of(user).filter(({ answered }) => answered === undefined).length,
  };
};

export type Queries = ReturnType<typeof createQueries>;
