import { TelegramError } from 'telegraf';
import { SendError, type SendFault } from '../../src/delivery/outgoing.ts';

/** No answer came at all: the network, or the time was up. */
const NO_ANSWER = 0;
/** There was no line at all, so nothing has left. */
const NO_LINE: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);
/** What stands before Telegram gave up waiting for its answer. */
const GIVEN_UP: ReadonlySet<number> = new Set([502, 504]);

/**
 * What went wrong with one call. Made in place of telegraf's own errors, which carry the message that was sent and
 * the address with the token in it: neither may reach a log.
 */
export class TelegramFault extends Error {
  override readonly name = 'TelegramFault';
  constructor(
    /** Telegram's error code; 0 when there was no answer. */
    readonly status: number,
    said: string,
    /** Seconds, where Telegram says how long to wait. */
    readonly retryAfter?: number,
    /** Nothing can have reached Telegram. */
    readonly unsent = false,
  ) {
    super(said);
  }
  /** What was asked may have been done all the same. */
  get doubtful(): boolean {
    return this.status === NO_ANSWER ? !this.unsent : GIVEN_UP.has(this.status);
  }
  get code(): string {
    return this.status === NO_ANSWER ? 'telegram.no-answer' : `telegram.${this.status}`;
  }
}

/** Any error of a call without its secrets. */
export const faultOf = (error: unknown, token: string): TelegramFault => {
  if (error instanceof TelegramFault) return error;
  const said = (error instanceof Error ? error.message : String(error)).replaceAll(token, '[token]');
  return error instanceof TelegramError
    ? new TelegramFault(error.code, said, error.parameters?.retry_after)
    : new TelegramFault(NO_ANSWER, said, undefined, NO_LINE.has((error as { code?: unknown } | null)?.code));
};

/** Whether Telegram does not know the token (a wrong one is no address: 404). */
export const isTokenRefused = (error: unknown): boolean =>
  error instanceof TelegramFault && (error.status === 401 || error.status === 404);

/** The message stands there already as it should. */
export const isNotModified = (error: unknown): boolean =>
  error instanceof TelegramFault && error.status === 400 && /message is not modified/i.test(error.message);

/** The chat is no more, or never was: the same for us as one that was blocked. */
const NO_CHAT = /chat not found|user not found|peer_id_invalid|user is deactivated/i;

const kindOf = ({ status, message }: TelegramFault): SendFault => {
  if (status === 429) return 'throttled';
  // "bot was blocked by the user", "user is deactivated", "bot can't initiate conversation with a user"
  if (status === 403) return 'stopped';
  if (status === 400) return NO_CHAT.test(message) ? 'stopped' : 'permanent';
  // 401 and 404 are the operator's to mend (the token): the message waits.
  return status === 413 ? 'permanent' : 'temporary';
};

/** What a failed call means for the message. */
export const sendErrorOf = (fault: TelegramFault): SendError =>
  new SendError(kindOf(fault), fault.code, fault.retryAfter, { cause: fault, doubtful: fault.doubtful });
