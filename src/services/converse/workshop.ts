import { setTimeout as pause } from 'node:timers/promises';
import type { Event } from '../../dialogue/event.ts';
import type { Lang } from '../../domain/lang.ts';
import type { Conversation, Member, Work } from '../../store/conversation.ts';
import { within } from '../../store/within.ts';
import type { Order } from './draft.ts';
import { describeError } from './park.ts';
import type { Log, Worker, WorkResult } from './ports.ts';

/** Reading a photo takes a few seconds on a slow machine; the person waits in front of a screen. */
const WORK_TIME_MS = 30_000;
/** After this, work that nobody has finished is taken for lost: its process died. */
export const WORK_PATIENCE_MS = 60_000;
/** The result could not be handed in: the database is away. The sweep ends this when it lasts. */
const HAND_IN_TRIES = 6;
const HAND_IN_WAIT_MS = 500;

/** What a person hears when the work came to nothing: send it again, or type it. */
const LOST: WorkResult = { problem: { key: 'work.lost' } };

export interface WorkshopOptions {
  readonly workers: Readonly<Record<string, Worker>>;
  /** Brings the result into the chat as an event; resolves when it is committed. */
  readonly handIn: (chat: Conversation, event: Event, work: string, to?: Member) => Promise<unknown>;
  readonly log: Log;
  /** ms; for tests. */
  readonly workTime?: number;
}

/** Does the work that outlasts a step, after the commit that ordered it. */
export class Workshop {
  readonly #options: WorkshopOptions;
  /** Work under way, and the chat it is for. */
  readonly #running = new Map<string, string>();

  constructor(options: WorkshopOptions) {
    this.#options = options;
  }

  /** Chats that something is being worked on for. */
  get busy(): readonly string[] {
    return [...this.#running.values()];
  }

  start(chat: Conversation, lang: Lang, work: readonly Work[]): void {
    for (const each of work) this.#start(chat, each, () => this.#do(chat, lang, orderOf(each)));
  }

  /** Work whose process died: its result is that it is lost. */
  giveUp(chat: Conversation, work: Work): void {
    this.#start(chat, work, () => Promise.resolve(LOST));
  }

  isRunning(work: string): boolean {
    return this.#running.has(work);
  }

  #start(chat: Conversation, work: Work, doing: () => Promise<WorkResult>): void {
    this.#running.set(work.id, chat.id);
    doing()
      .then((result) => this.#handIn(chat, work, result))
      .finally(() => this.#running.delete(work.id));
  }

  async #do({ id, channel }: Conversation, lang: Lang, order: Order): Promise<WorkResult> {
    try {
      const worker = this.#options.workers[order.name];
      if (!worker) throw new Error(`No worker is called ${order.name}`);
      const working = worker(order.args, { chat: id, channel: order.to?.channel ?? channel, lang });
      return await within(this.#options.workTime ?? WORK_TIME_MS, `work ${order.name}`, working);
    } catch (error) {
      this.#options.log.error({ chat: id, work: order.name, ...describeError(error) }, 'work failed');
      return LOST;
    }
  }

  async #handIn(chat: Conversation, work: Work, result: WorkResult): Promise<void> {
    const { id, to } = orderOf(work);
    const event: Event = { type: 'worked', work: id, ...result };
    for (let tried = 1; tried <= HAND_IN_TRIES; tried += 1) {
      try {
        await this.#options.handIn(chat, event, work.id, to);
        return;
      } catch (error) {
        this.#options.log.warn(
          { chat: chat.id, tried, ...describeError(error) },
          'result of work not handed in yet',
        );
        await pause(HAND_IN_WAIT_MS * 2 ** (tried - 1));
      }
    }
  }
}

/** Written by `Draft`. */
const orderOf = (work: Work): Order => work.body as unknown as Order;
