import type { Opts, Telegram } from 'telegraf/types';
import type { Api } from './api.ts';
import { TelegramFault } from './faults.ts';
import { createGate } from './gate.ts';

/**
 * One call that belongs to a chat.
 * @throws SendError while Telegram wants nothing sent there
 * @throws TelegramFault
 */
export type Ask = <M extends keyof Telegram>(
  address: string,
  method: M,
  payload: Opts<M>,
) => Promise<ReturnType<Telegram[M]>>;

/** What became of a call: the message it made, or that it changed nothing. */
export interface Done {
  readonly ref?: string;
  readonly not?: true;
}

export const createAsk = (api: Api, now?: () => number): Ask => {
  const gate = createGate(now);
  return async (address, method, payload) => {
    const refused = gate.pass(address);
    try {
      return await api.call(method, payload);
    } catch (error) {
      if (error instanceof TelegramFault && error.status === 429) refused(error.retryAfter);
      throw error;
    }
  };
};
