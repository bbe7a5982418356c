import type { Fault } from './types.ts';

interface Armed {
  readonly method: string;
  readonly fault: Fault;
  readonly chat: number | undefined;
  left: number;
}

/** Answers that were ordered beforehand, used up in the order they were ordered. */
export const createFaults = () => {
  const armed: Armed[] = [];
  const fits = (each: Armed, method: string, chat: unknown): boolean =>
    each.left > 0 &&
    (each.method === '*' || each.method === method.toLowerCase()) &&
    (each.chat === undefined || each.chat === Number(chat));
  return {
    arm: (method: string, fault: Fault, times: number, chat?: number): void => {
      armed.push({ method: method.toLowerCase(), fault, chat, left: times });
    },
    take: (method: string, chat: unknown): Fault | undefined => {
      const found = armed.find((each) => fits(each, method, chat));
      if (found !== undefined) found.left -= 1;
      return found?.fault;
    },
  };
};

export type Faults = ReturnType<typeof createFaults>;
