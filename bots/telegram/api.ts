import { Telegram } from 'telegraf';
import type { Telegram as Methods, Opts } from 'telegraf/types';
import { createCall } from './call.ts';
import { faultOf } from './faults.ts';

/** Telegram answers a send in well under a second; what takes longer is taken for lost (ms). */
const CALL_MS = 20_000;

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** ms. */
  readonly within?: number;
}

/** The Bot API, by telegraf's types; calls that carry a file are telegraf's own. */
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

/** A file as telegraf takes it. */
const carriesFile = (payload: object): boolean =>
  Object.values(payload).some((value) => typeof value === 'object' && value !== null && 'source' in value);

export const createApi = ({ token, apiRoot }: ApiParts): Api => {
  const telegram = new Telegram(token, { apiRoot: `${apiRoot}/`, webhookReply: false });
  const call = createCall(token, apiRoot);
  const told = async <T>(calling: Promise<T>): Promise<T> => {
    try {
      return await calling;
    } catch (error) {
      throw faultOf(error, token);
    }
  };
  const withFile: Api['call'] = (method, payload, options = {}) => {
    // telegraf names the signal of a polyfill; Node's own does the same.
    const signal = signalOf(options) as NonNullable<Parameters<Telegram['callApi']>[2]>['signal'];
    return told(telegram.callApi(method, payload, { ...(signal && { signal }) }));
  };
  return {
    call: (method, payload, options = {}) => {
      if (carriesFile(payload)) return withFile(method, payload, options);
      const { signal, within = CALL_MS } = options;
      const calling = call(method, payload, { signal, within });
      return told(calling as Promise<ReturnType<Methods[typeof method]>>);
    },
    open: (path, within, read) =>
      told(fetch(`${apiRoot}/file/bot${token}/${path}`, { signal: signalOf({ within }) }).then(read)),
  };
};
