import { Telegram } from 'telegraf';
import type { Telegram as Methods, Opts } from 'telegraf/types';
import { faultOf } from './faults.ts';

/** Telegram answers a send in well under a second; what takes longer is taken for lost (ms). */
const CALL_MS = 20_000;

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** ms. */
  readonly within?: number;
}

/** The Bot API: telegraf makes the calls, and nothing else of it is used. */
export interface Api {
  /** @throws TelegramFault */
  call<M extends keyof Methods>(
    method: M,
    payload: Opts<M>,
    options?: CallOptions,
  ): Promise<ReturnType<Methods[M]>>;
  /** Reads a file by the path `getFile` gave, in so many ms. @throws TelegramFault */
  open<T>(path: string, within: number, read: (response: Response) => Promise<T>): Promise<T>;
}

export interface ApiParts {
  readonly token: string;
  /** Without a slash at the end; may have a path. */
  readonly apiRoot: string;
}

const signalOf = ({ signal, within = CALL_MS }: CallOptions): AbortSignal => {
  const limit = AbortSignal.timeout(within);
  return signal === undefined ? limit : AbortSignal.any([limit, signal]);
};

export const createApi = ({ token, apiRoot }: ApiParts): Api => {
  const telegram = new Telegram(token, { apiRoot: `${apiRoot}/`, webhookReply: false });
  const told = async <T>(calling: Promise<T>): Promise<T> => {
    try {
      return await calling;
    } catch (error) {
      throw faultOf(error, token);
    }
  };
  return {
    call: (method, payload, options = {}) => {
      // telegraf names the signal of a polyfill; Node's own does the same.
      const signal = signalOf(options) as NonNullable<Parameters<Telegram['callApi']>[2]>['signal'];
      return told(telegram.callApi(method, payload, { ...(signal && { signal }) }));
    },
    open: (path, within, read) =>
      told(fetch(`${apiRoot}/file/bot${token}/${path}`, { signal: signalOf({ within }) }).then(read)),
  };
};
