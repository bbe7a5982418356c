import type { Logger } from 'pino';
import { z } from 'zod';
import type { Shelf } from '../../src/services/inbound.ts';
import type { Api } from './api.ts';
import { type Backoff, createBackoff, rest } from './backoff.ts';
import { createCursor, type Fetched } from './cursor.ts';
import { isTokenRefused, TelegramFault } from './faults.ts';
import type { Take } from './intake.ts';
import { fieldsOf, waitFor } from './persist.ts';
import { readUpdate, UPDATE_KINDS, update } from './wire.ts';

/** Seconds Telegram holds a question that has no answer yet: its own longest. */
const HOLD_S = 50;
/** What takes so much longer is lost (ms). */
const SLACK_MS = 15_000;
/** What is in hand when we are stopped gets so long (ms); what does not make it, Telegram gives again. */
const FINISH_MS = 3_000;
const CONFIRM_MS = 1_000;
/** While something waits to be tried again, what others say waits no longer than this (ms). */
const GLANCE_MS = 1_000;
/**
 * After a week without an update the next id is chosen at random (Bot API, Update): it may be below the offset, which
 * would confirm it unseen. A day less, because neither clock is the other's (ms).
 */
const OFFSET_LIFE_MS = 6 * 86_400_000;

export interface PollParts {
  readonly api: Api;
  readonly take: Take;
  readonly shelf: Shelf;
  readonly log: Logger;
  readonly now?: () => number;
  /** How long to wait when another process asks for the same updates (ms). */
  readonly conflictWait?: () => number;
  readonly backoff?: () => Backoff;
}

export interface Poll {
  start(): void;
  stop(): Promise<void>;
}

const updates = z.array(update);

const betweenConflicts = (): number => 5_000 + Math.random() * 10_000;

const CONFLICT =
  "another process is asking Telegram for the same bot's messages; one of the two should be stopped";

/** One sentence for each kind of trouble. */
const sentenceOf = (error: unknown): string => {
  if (error instanceof TelegramFault && error.status === 409) return CONFLICT;
  if (isTokenRefused(error)) return 'Telegram does not take TELEGRAM_BOT_TOKEN (any more)';
  return error instanceof TelegramFault
    ? 'Telegram cannot be asked for updates, tried again until it can'
    : 'updates could not be taken and wait at Telegram';
};

/** Asks for updates; an offset is confirmed only after the commit of everything before it. */
export const createPoll = (parts: PollParts): Poll => {
  const { api, log, now = Date.now, conflictWait = betweenConflicts } = parts;
  const ending = new AbortController();
  const { signal } = ending;
  const cursor = createCursor({ ...parts, now });
  const backoff = (parts.backoff ?? createBackoff)();
  let running = Promise.resolve();
  let told: string | undefined;
  let lastCame = now();

  const ask = async (holdS: number, limit: number, within: number, until?: AbortSignal) => {
    if (now() - lastCame > OFFSET_LIFE_MS) cursor.forget();
    const { offset } = cursor;
    const payload = { limit, timeout: holdS, allowed_updates: UPDATE_KINDS, ...(offset && { offset }) };
    const answer = await api.call('getUpdates', payload, { within, ...(until && { signal: until }) });
    return updates
      .parse(answer)
      .map((given): Fetched => ({ id: given.update_id, read: readUpdate(given, now()) }));
  };

  /** Each kind of trouble is told once, until it is over. */
  const tell = (error: unknown): void => {
    const sentence = sentenceOf(error);
    if (told !== sentence) log.warn(fieldsOf(error), sentence);
    told = sentence;
  };

  const trouble = async (err: unknown): Promise<void> => {
    tell(err);
    if (told !== CONFLICT) return rest(waitFor(err, backoff), signal);
    // The other one may be a webhook that somebody has set: polling is what was asked of us.
    if (/webhook/i.test(String(err))) await api.call('deleteWebhook', {}, { signal });
    await rest(conflictWait(), signal);
  };

  const over = (): void => {
    if (told !== undefined) log.info('updates come again');
    told = undefined;
  };

  /** Resolves with the time until something that was not taken is tried again (ms). */
  const round = async (left: number | undefined): Promise<number | undefined> => {
    const holdS = left === undefined ? HOLD_S : 0;
    const batch = await ask(holdS, cursor.limit, holdS * 1_000 + SLACK_MS, signal);
    if (batch.length > 0) lastCame = now();
    backoff.reset();
    const { went, wait, failed } = await cursor.advance(batch);
    if (failed !== undefined) tell(failed.error);
    if (wait === undefined) over();
    else if (went === 0) await rest(Math.min(wait, GLANCE_MS), signal);
    return wait;
  };

  const run = async (): Promise<void> => {
    let left: number | undefined;
    let isOpen = false;
    const next = async (): Promise<void> => {
      // What lies on the shelf is tried before we wait for anything newer.
      if (!isOpen) left = (await cursor.open()) ? 0 : undefined;
      isOpen = true;
      left = await round(left);
    };
    while (!signal.aborted)
      await next()
        .catch((err: unknown) => (signal.aborted ? undefined : trouble(err)))
        .catch((err: unknown) => log.debug({ err }, 'the webhook was not taken away'));
  };

  return {
    start: () => {
      running = run();
    },
    stop: async () => {
      ending.abort();
      const late = new AbortController();
      await Promise.race([running, rest(FINISH_MS, late.signal)]);
      late.abort();
      if (cursor.offset === undefined) return;
      await ask(0, 1, CONFIRM_MS).catch((err: unknown) =>
        log.debug({ err }, 'not confirmed: it comes once more'),
      );
    },
  };
};
