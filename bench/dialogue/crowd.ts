import { setTimeout as pause } from 'node:timers/promises';
import { Line } from '../../test/harness/line.ts';
import type { Script } from './script.ts';
import { HEADERS, type Protocol, updateOf } from './update.ts';

/** A bot to be talked to: with several hooks, it is several processes behind a balancer. */
export interface Target {
  readonly hooks: readonly string[];
  readonly protocol: Protocol;
  /** How the balancer goes: each update to the next process, or each chat always to the same. */
  readonly balance?: 'update' | 'chat';
}

/** A reply that has not come after this will not (ms). */
const GIVEN_UP_AFTER = 10_000;
/** An update that was not taken comes again, as Telegram's would (ms). */
const AGAIN_AFTER = 50;

interface Waiting {
  readonly expect: string;
  readonly until: number;
  readonly tell: (at: number | undefined) => void;
}

export interface Watch {
  /** Times in ms since the post: the reply at the platform, the bot's 2xx. */
  done(reply: number, ack: number): void;
  unanswered(): void;
  refused(): void;
}

/** The people, and what they wait for. */
export class Crowd {
  /** Where the bots of the Bot Framework answer to. */
  api = '';
  readonly #waiting = new Map<number, Waiting>();
  readonly #replies = new Map<number, number>();
  #counting = false;

  constructor() {
    setInterval(() => this.#giveUp(), 500).unref();
  }

  /** A bot has sent something to somebody. */
  heard(chat: number, text: string): void {
    if (this.#counting) this.#replies.set(chat, (this.#replies.get(chat) ?? 0) + 1);
    const waiting = this.#waiting.get(chat);
    if (waiting === undefined || !text.includes(waiting.expect)) return;
    this.#waiting.delete(chat);
    waiting.tell(performance.now());
  }

  /** Counts replies by chat from now on. */
  count(): void {
    this.#replies.clear();
    this.#counting = true;
  }

  repliesTo(chat: number): number {
    return this.#replies.get(chat) ?? 0;
  }

  body(target: Target, chat: number, text: string): string {
    return updateOf(target.protocol, chat, text, this.api);
  }

  /** When the reply came (ms, `performance.now`); undefined when none did. */
  reply(chat: number, expect: string, within = GIVEN_UP_AFTER): Promise<number | undefined> {
    return new Promise((tell) => {
      this.#waiting.set(chat, { expect, until: performance.now() + within, tell });
    });
  }

  /** One talk, word for word; false when a reply did not come. */
  async talk(lines: Lines, chat: number, script: Script, watch: Watch, going: () => boolean) {
    for (const { text, expect } of script) {
      if (!going()) return true;
      const began = performance.now();
      const body = this.body(lines.target, chat, text);
      const coming = this.reply(chat, expect);
      const ack = await this.#deliver(lines, chat, body, watch);
      const reply = await coming;
      if (reply === undefined || ack === undefined) {
        watch.unanswered();
        return false;
      }
      watch.done(reply - began, ack - began);
    }
    return true;
  }

  /** As Telegram does it: until it is taken. When that was (ms, `performance.now`); undefined when it never was. */
  async #deliver(lines: Lines, chat: number, body: string, watch: Watch): Promise<number | undefined> {
    for (const until = performance.now() + GIVEN_UP_AFTER; performance.now() < until; ) {
      const status = await lines.post(chat, body);
      if (status >= 200 && status < 300) return performance.now();
      watch.refused();
      await pause(AGAIN_AFTER);
    }
    return undefined;
  }

  #giveUp(): void {
    const now = performance.now();
    for (const [chat, { until, tell }] of this.#waiting) {
      if (until > now) continue;
      this.#waiting.delete(chat);
      tell(undefined);
    }
  }
}

/** The connections of one person, one to each process of the bot. */
export class Lines {
  readonly target: Target;
  readonly #hooks: readonly URL[];
  readonly #lines: Line[];
  #turn = 0;

  constructor(target: Target) {
    this.target = target;
    this.#hooks = target.hooks.map((hook) => new URL(hook));
    this.#lines = this.#hooks.map((hook) => new Line(hook));
  }

  post(chat: number, body: string): Promise<number> {
    this.#turn += 1;
    const n = (this.target.balance === 'chat' ? chat : this.#turn) % this.#hooks.length;
    const hook = this.#hooks[n];
    if (hook === undefined) throw new Error('a bot without an address');
    if (this.#lines[n]?.isBroken) this.#lines[n] = new Line(hook);
    return (this.#lines[n] as Line).post(hook.pathname, HEADERS[this.target.protocol], body);
  }

  close(): void {
    for (const line of this.#lines) line.close();
  }
}
