import { setTimeout as pause } from 'node:timers/promises';
import type { Event } from '../../dialogue/event.ts';
import { LANGS, type Lang } from '../../domain/lang.ts';
import type { BlindIndex } from '../../security/blind-index.ts';
import type { Sealer } from '../../security/sealer.ts';
import type { Conversation, Member } from '../../store/conversation.ts';
import type { Conversations } from '../../store/conversations.ts';
import { crashPoint } from '../../store/crash-point.ts';
import { Overloaded, Unavailable } from '../../store/errors.ts';
import { deliveryKey } from '../../store/seen.ts';
import { type ChatId, rememberedChatId } from '../chatId.ts';
import type { Accepted, Door, Inbound } from '../inbound.ts';
import type { Service } from '../service.ts';
import { Chats } from './chats.ts';
import type { Taken } from './draft.ts';
import { Outbox } from './outbox.ts';
import { describeError } from './park.ts';
import { Planner } from './planner.ts';
import type { Deliver, Engine, Log, Metrics, Worker } from './ports.ts';
import { type NonEmpty, Queues } from './queues.ts';
import { passOn } from './route.ts';
import { Sweeper } from './sweeper.ts';
import { type Detour, type Turn, Turns } from './turns.ts';
import type { Waiting } from './waiting.ts';
import { Workshop } from './workshop.ts';

const [DEFAULT_LANG] = LANGS;
/** A clean stop may take 10 s in all. */
const DRAIN_MS = 7_000;

export interface ConverseOptions {
  readonly conversations: Conversations;
  readonly sealer: Sealer;
  readonly blindIndex: BlindIndex;
  readonly engine: Engine;
  readonly services: Readonly<Record<string, Service>>;
  readonly workers: Readonly<Record<string, Worker>>;
  readonly deliver: Deliver;
  readonly metrics: Metrics;
  readonly log: Log;
  /** Channels that show their people the whole talk: what the person did goes out first, as an echo. */
  readonly echoes?: ReadonlySet<string>;
  /** ms since 1970. */
  readonly clock?: () => number;
  readonly maxWaiting?: number;
  readonly maxCached?: number;
  /** ms; for tests. */
  readonly sweepEvery?: number;
  readonly servicePatience?: number;
  readonly workTime?: number;
  readonly workPatience?: number;
}

/** The shell around the pure engine: everything a person says comes through here, once and in order. */
export class Converse implements Door {
  readonly #options: ConverseOptions;
  readonly #chats: Chats;
  readonly #turns: Turns;
  readonly #queues: Queues;
  readonly #outbox: Outbox;
  readonly #workshop: Workshop;
  readonly #sweeper: Sweeper;
  readonly #chatId: ChatId;
  #closing = false;

  constructor(options: ConverseOptions) {
    this.#options = options;
    const { conversations, engine, echoes = new Set<string>(), clock = Date.now } = options;
    const chats = new Chats(conversations, engine, options.maxCached);
    this.#chats = chats;
    this.#chatId = rememberedChatId(options.blindIndex);
    const planner = new Planner({ ...options, echoes, clock });
    this.#turns = new Turns({ ...options, chats, planner, clock });
    this.#queues = new Queues((events) => this.#handle(events), options.maxWaiting);
    this.#outbox = new Outbox(options);
    this.#workshop = new Workshop({
      ...options,
      handIn: (chat, event, work, to) => this.#handIn(chat, event, work, to),
    });
    const langOf = (chat: Conversation): Lang => this.#langOf(chat);
    this.#sweeper = new Sweeper({ ...options, outbox: this.#outbox, workshop: this.#workshop, langOf });
  }

  /** Resolves after the durable commit. Rejects with `Unavailable` or `Overloaded`: the platform is to come again. */
  async accept({ channel, deliveryId, address, event, lang, pressed }: Inbound): Promise<Accepted> {
    const chat = this.#chatId(channel, address);
    try {
      if (this.#closing) throw new Unavailable('This process is being stopped.');
      const from = { chat, own: chat, channel, address, event, lang, pressed };
      return await this.#enqueue(from, deliveryId);
    } catch (error) {
      const code = error instanceof Overloaded ? 'overloaded' : 'unavailable';
      this.#options.metrics.update(channel, code);
      throw error;
    }
  }

  /** Takes nothing more, and ends what was begun; what cannot be sent in time is sent by the next process. */
  async close(): Promise<void> {
    this.#closing = true;
    await this.#sweeper.stop();
    const deadline = Date.now() + DRAIN_MS;
    await this.#queues.idle();
    while (this.#outbox.busy.length + this.#workshop.busy.length > 0 && Date.now() < deadline)
      await pause(20);
    await this.#options.conversations.close();
  }

  #langOf({ id: chat, state }: Conversation): Lang {
    try {
      return this.#options.engine.read(state).lang;
    } catch (error) {
      this.#options.log.error({ chat, ...describeError(error) }, 'state cannot be read');
      return DEFAULT_LANG;
    }
  }

  #handIn(
    { id: chat, channel, address }: Conversation,
    event: Event,
    work: string,
    to: Member = { chat, channel, address },
  ): Promise<Accepted> {
    const from = { chat, own: to.chat, channel: to.channel, address: to.address, event, finishes: work };
    return this.#enqueue(from, `work:${work}`);
  }

  #enqueue(
    from: Pick<Waiting, 'chat' | 'own' | 'channel' | 'address' | 'event' | 'lang' | 'pressed' | 'finishes'>,
    deliveryId: string,
  ) {
    const key = deliveryKey(this.#options.blindIndex('delivery', `${from.chat}|${deliveryId}`));
    const since = performance.now();
    return new Promise<Accepted>((resolve, reject) => {
      this.#queues.add({ ...from, key, since, failures: 0, rounds: 0, resolve, reject });
    });
  }

  async #handle(events: NonEmpty): Promise<number> {
    try {
      const turn = await this.#turns.take(events);
      if ('alias' in turn) return await this.#passOn(events, turn);
      if ('strangers' in turn) return giveBack(events.slice(0, turn.strangers), turn.gone);
      crashPoint('before-answer');
      const { rev } = turn.chat.conversation;
      for (const taken of turn.draft.taken) this.#settle(taken, rev);
      this.#afterwards(turn);
      return turn.draft.taken.length;
    } catch (error) {
      const { chat, channel } = events[0];
      this.#options.log.warn(
        { chat, channel, count: events.length, ...describeError(error) },
        'messages turned away',
      );
      for (const waiting of events) waiting.reject(error);
      return events.length;
    }
  }

  #passOn(events: NonEmpty, detour: Extract<Detour, { talk: string }>): Promise<number> {
    const parts = {
      enter: (waiting: Waiting) => this.#queues.enter(waiting),
      again: (waiting: Waiting, rev: number) => this.#settle({ waiting, outcome: 'again', again: true }, rev),
      forget: (chat: string) => this.#chats.forget(chat),
    };
    return passOn(parts, events, detour);
  }

  #settle({ waiting, outcome, again }: Taken, rev: number): void {
    const { chat, channel, since } = waiting;
    const ms = Math.round(performance.now() - since);
    waiting.resolve({ chat, rev, again });
    this.#options.metrics.update(channel, outcome);
    if (outcome === 'parked') this.#options.metrics.parked(channel);
    this.#options.log.info({ channel, chat, rev, outcome, ms }, 'update');
  }

  /** What was decided is sent, and what was ordered is done: only now that it is durable. */
  #afterwards({ chat, commit, draft }: Turn): void {
    if (!commit) return;
    const lang = draft.stateIfRead?.lang ?? DEFAULT_LANG;
    this.#outbox.push(chat.conversation, lang, commit.out);
    this.#workshop.start(chat.conversation, lang, commit.work);
  }
}

/** Events that do not belong to this talk go back to their chats; those of nobody are turned away. */
const giveBack = (events: readonly Waiting[], gone: boolean): number => {
  const nowhere = new Unavailable('The talk is not there.');
  for (const { giveBack: back, reject } of events) back ? back(gone) : reject(nowhere);
  return events.length;
};
