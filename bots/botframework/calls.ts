import type { Logger } from 'pino';
import { SendError, type SendFault } from '../../src/delivery/outgoing.ts';
import type { ActivityOut } from './activity.ts';
import type { Reference } from './address.ts';
import type { Login } from './login.ts';
import { type BotSdk, CallFailed } from './sdk.ts';

/** The connector takes a second; whoever waits longer had better come again. */
const PATIENCE = 20_000;

/** Statuses that mean "not now": too early, a conflict of two writes, time-out; all of 5xx. */
const NOT_NOW = new Set([401, 408, 409, 412, 425]);
/** The SDKs do not say whether there was a line at all. */
const UNANSWERED = new Set(['connector-away', 'connector-slow']);

const faultOf = (status: number | undefined): SendFault => {
  if (status === undefined || status >= 500 || NOT_NOW.has(status)) return 'temporary';
  if (status === 429) return 'throttled';
  // Blocked, removed, or the conversation is no more: nobody will ever read this there.
  return status === 403 || status === 404 ? 'stopped' : 'permanent';
};

/** Seconds; the header may also hold a date (RFC 9110, 10.2.3). */
const secondsOf = (header: string | null | undefined, now: number): number | undefined => {
  if (header === null || header === undefined) return undefined;
  const seconds = /^\d+$/.test(header) ? Number(header) : Math.ceil((Date.parse(header) - now) / 1_000);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
};

/** No answer, or one of what stands before the connector and gave up waiting: it may have arrived all the same. */
const isDoubtful = ({ code, status }: CallFailed): boolean =>
  UNANSWERED.has(code) || status === 502 || status === 504;

const sendErrorOf = (failed: CallFailed, now = Date.now()): SendError => {
  const { code, status, retryAfter } = failed;
  return new SendError(faultOf(status), code, secondsOf(retryAfter, now), { doubtful: isDoubtful(failed) });
};

export interface CallParts {
  readonly sdk: () => Promise<BotSdk>;
  readonly login?: Login;
  readonly log: Logger;
  readonly patience?: number;
}

/** The two calls to the connector. @throws SendError */
export interface Calls {
  send(reference: Reference, activity: ActivityOut): Promise<string | undefined>;
  update(reference: Reference, id: string, activity: ActivityOut): Promise<void>;
}

const within = async <T>(ms: number, call: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new CallFailed('connector-slow')), ms);
  });
  return Promise.race([call, late]).finally(() => clearTimeout(timer));
};

export const createCalls = ({ sdk, login, log, patience = PATIENCE }: CallParts): Calls => {
  const attempt = <T>(call: (sdk: BotSdk) => Promise<T>): Promise<T> => within(patience, sdk().then(call));
  /** A token may be withdrawn before its time: one more try with a new one. */
  const withLogin = <T>(call: (sdk: BotSdk) => Promise<T>): Promise<T> =>
    attempt(call).catch((error: unknown) => {
      if (login === undefined || !(error instanceof CallFailed) || error.status !== 401) throw error;
      login.forget();
      return attempt(call);
    });
  const told = async <T>(call: (sdk: BotSdk) => Promise<T>): Promise<T> => {
    try {
      return await withLogin(call);
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      if (error.status === 401 || error.code === 'login-refused')
        log.error({ code: error.code }, 'Microsoft does not accept the app id and its password');
      throw sendErrorOf(error);
    }
  };
  return {
    send: (reference, activity) => told((sdk_) => sdk_.send(reference, activity)),
    update: (reference, id, activity) => told((sdk_) => sdk_.update(reference, id, activity)),
  };
};
