import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import express from 'express';
import pino from 'pino';
import QRCode from 'qrcode';
import type { Channel } from '../../../bots/port.ts';
import { createBackoff } from '../../../bots/telegram/backoff.ts';
import { createTelegramChannel, type TelegramParts } from '../../../bots/telegram/channel.ts';
import { CATALOGUES } from '../../../locales/index.ts';
import type { Attachments } from '../../../src/delivery/attachments.ts';
import { createRenderer } from '../../../src/dialogue/render.ts';
import { createHooks, type Hooks } from '../../../src/http/hooks.ts';
import type { Accepted, Inbound } from '../../../src/services/inbound.ts';
import { PATIENCE } from '../../harness/patience.ts';
import { memoryShelf, type TestShelf } from '../../harness/shelf.ts';
import type { FakeTelegram } from '../../harness/telegram/server.ts';

export const renderer = createRenderer({ catalogues: CATALOGUES, placeName: (code) => `nơi ${code}` });

const drawing = QRCode.toBuffer('made up', { width: 240 });
/** A PNG of more than 500 bytes. */
export const picture = (): Promise<Buffer> => drawing;

/** Makes what it is told to make, for everybody. */
export const carrying = (
  image: Attachments['image'] = async () => null,
  file: Attachments['file'] = async () => null,
): Attachments => ({ image, file });

/** The door, as a test holds it: what came, and what becomes of it. */
export interface TestDoor {
  readonly came: Inbound[];
  accept: (inbound: Inbound) => Promise<Accepted>;
  /** What `accept` answers; by default the commit is there at once. */
  answer: (inbound: Inbound) => Promise<Accepted>;
}

const COMMITTED: Accepted = { chat: 'c', rev: 1, again: false };
export const committed = async (): Promise<Accepted> => COMMITTED;

export interface Stand {
  readonly channel: Channel;
  readonly door: TestDoor;
  readonly shelf: TestShelf;
  readonly logged: string[];
  readonly ignored: string[];
  /** Addresses whose people let us in again. */
  readonly letIn: string[];
  readonly url: string;
  stop(): Promise<void>;
}

export interface StandOptions extends Partial<Omit<TelegramParts, 'settings'>> {
  readonly settings?: Partial<TelegramParts['settings']>;
  readonly door?: TestDoor['answer'];
  /** What noting it answers; by default it is written at once. */
  readonly letIn?: (address: string) => Promise<void>;
  /** What an earlier stand has left. */
  readonly shelf?: TestShelf;
}

const listening = async (hooks: Hooks, http: express.Express) => {
  const server = createServer((req, res) => hooks.serve(req, res) || http(req, res));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url, close };
};

/** The channel alone, between a fake Telegram and a door of the test's; its waits are a hundredth of the real ones. */
export const startStand = async (fake: FakeTelegram, options: StandOptions = {}): Promise<Stand> => {
  const logged: string[] = [];
  const ignored: string[] = [];
  const letIn: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
  const shelf = options.shelf ?? memoryShelf();
  const http = express();
  const hooks = createHooks({ log, answerWithin: 40_000 });
  const { url, close } = await listening(hooks, http);
  const door: TestDoor = {
    came: [],
    accept: (inbound) => {
      door.came.push(inbound);
      return door.answer(inbound);
    },
    answer: options.door ?? committed,
  };
  const channel = createTelegramChannel({
    renderer,
    publicUrl: url,
    commands: [{ command: 'khaibao', title: 'declare.title' }],
    attachments: carrying(),
    log,
    backoff: () => createBackoff(5, 300),
    conflictWait: () => 50,
    ...options,
    settings: { token: fake.token, apiRoot: fake.apiRoot, ...options.settings },
  });
  const stop = async (): Promise<void> => {
    await channel.stop();
    await close();
  };
  try {
    const told = {
      ignored: (what: string) => void ignored.push(what),
      arrived: () => undefined,
      letIn: (address: string) => {
        letIn.push(address);
        return options.letIn?.(address) ?? Promise.resolve();
      },
    };
    await channel.start({ door, http, shelf, hook: hooks.add, ...told });
  } catch (error) {
    await close();
    throw error;
  }
  return { channel, door, shelf, logged, ignored, letIn, url, stop };
};

/** Waits until it holds; says what it waited for when it never does. */
export const until = async (what: string, holds: () => boolean): Promise<void> => {
  const deadline = Date.now() + PATIENCE;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`never: ${what}`);
    await pause(5);
  }
};

/** The last thing that is done at the start, in the background. */
export const isSetUp = (fake: FakeTelegram): boolean =>
  fake.calls.filter(({ method, answer }) => method === 'setMyShortDescription' && answer?.status === 200)
    .length === 2;

export interface Held {
  readonly promise: Promise<Accepted>;
  release(): void;
}

/** A commit that takes until the test lets it go. */
export const held = (): Held => {
  let release = (): void => undefined;
  const promise = new Promise<Accepted>((resolve) => {
    release = () => resolve(COMMITTED);
  });
  return { promise, release: () => release() };
};
