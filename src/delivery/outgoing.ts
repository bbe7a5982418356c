import type { Say } from '../dialogue/say.ts';
import type { Lang } from '../domain/lang.ts';

/** A message ready to leave: what to say, in which language, and its id (`chat:rev:n`). */
export interface Outgoing {
  readonly id: string;
  readonly address: string;
  readonly lang: Lang;
  readonly say: Say;
  /** The platform's name of the message whose button led here (`Inbound.pressed`): its buttons have had their day. */
  readonly pressed?: string;
  /** What that button says was taken: the message may show it. Not so for a button that was old or none of the answers. */
  readonly taken?: true;
  /**
   * A message sent before that this one brings up to date: where messages can be edited, `say` here takes its place
   * and nothing new is sent; elsewhere the message itself is sent.
   */
  readonly edits?: { readonly ref: string; readonly say: Say };
}

/** What the platform calls a message that was sent, where it can be edited by that name. */
export interface Sent {
  readonly ref?: string;
}

/** Why a send failed: a closed set; the delivery engine decides by it. */
export type SendFault = 'permanent' | 'temporary' | 'throttled' | 'stopped';

interface SendErrorOptions extends ErrorOptions {
  /** The platform wants nothing of the whole account, not only in this chat. */
  readonly account?: boolean;
  readonly doubtful?: boolean;
}

export class SendError extends Error {
  override readonly name = 'SendError';
  readonly account: boolean;
  /** It may have arrived all the same: the line broke, or was silent, after the message had left. */
  readonly doubtful: boolean;
  constructor(
    readonly fault: SendFault,
    readonly code: string,
    /** Seconds to wait, where the platform said so. */
    readonly retryAfter?: number,
    options: SendErrorOptions = {},
  ) {
    super(code, options);
    this.account = options.account === true;
    this.doubtful = options.doubtful ?? false;
  }
  get retryable(): boolean {
    return this.fault === 'temporary' || this.fault === 'throttled';
  }
}

export const isDoubtful = (error: unknown): boolean => error instanceof SendError && error.doubtful;

/** The same fault, of a message that may have arrived by another way that was tried before. */
export const inDoubt = (error: unknown): SendError => {
  if (error instanceof SendError && error.doubtful) return error;
  const { fault, code, retryAfter } =
    error instanceof SendError ? error : new SendError('temporary', 'unexpected');
  return new SendError(fault, code, retryAfter, { cause: error, doubtful: true });
};
