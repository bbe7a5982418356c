import type { Logger } from 'pino';
import { z } from 'zod';
import type { Api } from './api.ts';
import { type Backoff, createBackoff, rest } from './backoff.ts';
import { createCursor, type Fetched } from './cursor.ts';
import { isTokenRefused, TelegramFault } from './faults.ts';
import type { Take } from './intake.ts';
import { waitFor } from './persist.ts';
import { readUpdate, UPDATE_KINDS, update } from './wire.ts';

/**
 * Updates in one batch: whatever is asked for again after a failure must still be among the last 64 deliveries that a
 * chat remembers, or it would be applied twice.
 */
const BATCH = 50;
/** Seconds Telegram holds a question that has no answer yet: its own longest. */
const HOLD_S = 50;
/** What takes so much longer is lost (ms). */
const SLACK_MS = 15_000;
/** What is in hand when we are stopped gets so long (ms); what does not make it, Telegram gives again. */
const FINISH_MS = 3_000;
const CONFIRM_MS = 1_000;

export interface PollParts {
  readonly api: Api;
  readonly take: Take;
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
  const { api, take, log, now = Date.now, conflictWait = betweenConflicts } = parts;
  const ending = new AbortController();
  const { signal } = ending;
  const cursor = createCursor(take, log);
  const backoff = (parts.backoff ?? createBackoff)();
  let running = Promise.resolve();
  let told: string | undefined;

  const ask = async (holdS: number, limit: number, within: number, until?: AbortSignal) => {
    const { offset } = cursor;
    const payload = { limit, timeout: holdS, allowed_updates: UPDATE_KINDS, ...(offset && { offset }) };
    const answer = await api.call('getUpdates', payload, { within, ...(until && { signal: until }) });
    return updates
      .parse(answer)
      .map((given): Fetched => ({ id: given.update_id, read: readUpdate(given, now()) }));
  };

  /** Each kind of trouble is told once, until it is over. */
  const trouble = async (err: unknown): Promise<void> => {
    const sentence = sentenceOf(err);
    if (told !== sentence) log.warn({ err }, sentence);
    told = sentence;
    if (sentence !== CONFLICT) return rest(waitFor(err, backoff), signal);
    // The other one may be a webhook that somebody has set: polling is what was asked of us.
    if (/webhook/i.test(String(err))) await api.call('deleteWebhook', {}, { signal });
    await rest(conflictWait(), signal);
  };

  const round = async (): Promise<void> => {
    const batch = await ask(HOLD_S, BATCH, HOLD_S * 1_000 + SLACK_MS, signal);
    const result = await cursor.advance(batch);
    if ('failed' in result) throw result.failed;
    backoff.reset();
    if (told !== undefined) log.info('updates come again');
    told = undefined;
  };

  const run = async (): Promise<void> => {
    while (!signal.aborted)
      await round()
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
