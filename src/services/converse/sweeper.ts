import type { Lang } from '../../domain/lang.ts';
import type { Unfinished } from '../../store/conversation.ts';
import type { Conversations } from '../../store/conversations.ts';
import type { Outbox } from './outbox.ts';
import { describeError } from './park.ts';
import type { Log, Metrics } from './ports.ts';
import { WORK_PATIENCE_MS, type Workshop } from './workshop.ts';

const SWEEP_EVERY_MS = 2_000;
/** Per sweep, so that a long outage comes back as a stream and not as a flood. */
const SWEEP_LIMIT = 500;
/** A reply that could not be sent for a day answers a question nobody remembers. */
const REPLY_PATIENCE_MS = 86_400_000;

export interface SweeperOptions {
  readonly conversations: Conversations;
  readonly outbox: Outbox;
  readonly workshop: Workshop;
  readonly langOf: (chat: Unfinished) => Lang;
  readonly metrics: Metrics;
  readonly log: Log;
  /** ms; for tests. */
  readonly sweepEvery?: number;
  readonly workPatience?: number;
}

/** Takes up what a crash or a failure left: messages unsent, work unfinished. Keeps what is in hand from others. */
export class Sweeper {
  readonly #options: SweeperOptions;
  readonly #timers: NodeJS.Timeout[];
  #sweeping: Promise<void> | undefined;

  constructor(options: SweeperOptions) {
    this.#options = options;
    const { conversations, sweepEvery = SWEEP_EVERY_MS } = options;
    this.#timers = [
      setInterval(() => this.#sweep(), sweepEvery),
      setInterval(() => this.#hold(), conversations.patience / 3),
    ];
    for (const timer of this.#timers) timer.unref(); // sweeping alone is no reason to stay alive
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await this.#sweeping;
  }

  #sweep(): void {
    this.#sweeping ??= this.#takeUp()
      .catch((error: unknown) => this.#options.log.warn(describeError(error), 'sweep cut short'))
      .finally(() => {
        this.#sweeping = undefined;
      });
  }

  async #takeUp(): Promise<void> {
    for await (const chat of this.#options.conversations.overdue(SWEEP_LIMIT)) {
      if (chat.out.length + chat.work.length === 0) this.#options.conversations.sent(chat.id, []);
      else if (Date.now() - chat.touched > REPLY_PATIENCE_MS) this.#giveUp(chat);
      else this.#send(chat);
      this.#endLostWork(chat);
    }
  }

  #send(chat: Unfinished): void {
    const { outbox, langOf, metrics } = this.#options;
    const taken = outbox.retry(chat, langOf(chat), chat.out);
    for (let n = 0; n < taken; n += 1) metrics.swept('message');
  }

  #giveUp({ id, channel, out }: Unfinished): void {
    const { conversations, metrics, log } = this.#options;
    log.error({ chat: id, channel, count: out.length }, 'messages given up after a day');
    for (const _ of out) metrics.sendMs(channel, 'gave-up', 0);
    conversations.sent(
      id,
      out.map((each) => each.id),
    );
  }

  #endLostWork(chat: Unfinished): void {
    const { workshop, metrics, workPatience = WORK_PATIENCE_MS } = this.#options;
    for (const work of chat.work) {
      if (workshop.isRunning(work.id) || Date.now() - work.at < workPatience) continue;
      metrics.swept('work');
      workshop.giveUp(chat, work);
    }
  }

  /** What is in hand here is not overdue, however long it takes. */
  #hold(): void {
    const { conversations, outbox, workshop, log } = this.#options;
    const inHand = [...outbox.busy, ...workshop.busy];
    if (inHand.length === 0) return;
    conversations.hold(inHand, Date.now() + conversations.patience).catch((error: unknown) => {
      log.warn(describeError(error), 'what is in hand may be taken up by another process');
    });
  }
}
