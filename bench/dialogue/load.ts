/**
 * The load, a process of its own: the people, and the platform's server the bots send their replies to. The two share
 * one clock, so the time from post to reply is read from it and not put together from two.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { type BurstArgs, burst } from './burst.ts';
import { Crowd, Lines, type Target } from './crowd.ts';
import { FakeApi } from './fake-api.ts';
import { spread } from './figures.ts';
import { answer } from './ipc.ts';
import type { Script } from './script.ts';

export interface BeginArgs {
  readonly target: Target;
  readonly chats: number;
  readonly script: Script;
  /** Chats that are in the database already and are gone through one after the other; else everybody is new. */
  readonly stored?: Stored;
  /** Each talks once, then it is over. */
  readonly once?: boolean;
}

export interface Stored {
  readonly first: number;
  readonly count: number;
  /** So many have been talked to before. */
  readonly skip: number;
}

export interface Measured {
  readonly seconds: number;
  readonly updates: number;
  /** Talks that were begun since the start, warm-up included. */
  readonly begun: number;
  /** ms from post to reply, and from post to 2xx. */
  readonly reply: ReturnType<typeof spread>;
  readonly ack: ReturnType<typeof spread>;
  /** ms from post to whichever of the two came last: only then is an update answered and known to be stored. */
  readonly both: ReturnType<typeof spread>;
  readonly unanswered: number;
  readonly refused: number;
  /** Processor time of the load itself, ms. */
  readonly cpu: number;
}

/** New people get numbers from here on. */
const FIRST_CHAT = 1_000_000_000;
/** A step through the stored chats that meets each once: a large prime. */
const STRIDE = 7_919;

let nextChat = FIRST_CHAT;
const crowd = new Crowd();
let talking: Talking | undefined;

class Talking {
  readonly all: Promise<void>;
  #going = true;
  #since: { readonly at: number; readonly cpu: NodeJS.CpuUsage } | undefined;
  #replies: number[] = [];
  #acks: number[] = [];
  #unanswered = 0;
  #refused = 0;
  #begun = 0;

  constructor(crowd: Crowd, args: BeginArgs) {
    const people = Array.from({ length: args.chats }, () => this.#person(crowd, args));
    this.all = Promise.all(people).then(() => undefined);
  }

  mark(): void {
    this.#since = { at: performance.now(), cpu: process.cpuUsage() };
    this.#replies = [];
    this.#acks = [];
    this.#unanswered = 0;
    this.#refused = 0;
  }

  /** Resolves when so many updates were answered since the mark. */
  async reached(updates: number): Promise<void> {
    while (this.#replies.length < updates) await pause(20);
  }

  async end(): Promise<Measured> {
    const since = this.#since ?? { at: performance.now(), cpu: process.cpuUsage() };
    const { user, system } = process.cpuUsage(since.cpu);
    const measured = {
      seconds: (performance.now() - since.at) / 1_000,
      updates: this.#replies.length,
      begun: this.#begun,
      reply: spread(this.#replies),
      ack: spread(this.#acks),
      both: spread(this.#replies.map((reply, n) => Math.max(reply, this.#acks[n] ?? 0))),
      unanswered: this.#unanswered,
      refused: this.#refused,
      cpu: (user + system) / 1_000,
    };
    this.#going = false;
    await this.all;
    return measured;
  }

  async #person(crowd: Crowd, { target, script, stored, once }: BeginArgs): Promise<void> {
    const lines = new Lines(target);
    const watch = {
      done: (reply: number, ack: number) => {
        this.#replies.push(reply);
        this.#acks.push(ack);
      },
      unanswered: () => {
        this.#unanswered += 1;
      },
      refused: () => {
        this.#refused += 1;
      },
    };
    do {
      const chat = this.#next(stored);
      if (chat === undefined) break;
      await crowd.talk(lines, chat, script, watch, () => this.#going);
    } while (this.#going && !once);
    lines.close();
  }

  #next(stored: Stored | undefined): number | undefined {
    this.#begun += 1;
    if (stored === undefined) return nextChat++;
    const n = stored.skip + this.#begun;
    return n > stored.count ? undefined : stored.first + ((n * STRIDE) % stored.count);
  }
}

const api = new FakeApi((chat, text) => crowd.heard(chat, text));
const url = await api.listen();
crowd.api = url;

answer(
  { api: url },
  {
    begin: async (args: BeginArgs) => {
      talking = new Talking(crowd, args);
      if (args.once) await talking.all;
    },
    next: async () => nextChat,
    mark: async () => talking?.mark(),
    reached: (updates: number) => talking?.reached(updates) ?? Promise.resolve(),
    end: async () => talking?.end(),
    burst: async (args: Omit<BurstArgs, 'first'>) => {
      const first = nextChat;
      nextChat += args.chats;
      return { first, ...(await burst(crowd, { ...args, first })) };
    },
  },
  async () => undefined,
);
