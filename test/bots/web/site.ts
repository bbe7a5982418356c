import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { Registry } from 'prom-client';
import { toBuffer } from 'qrcode';
import { createWebChannel } from '../../../bots/web/channel.ts';
import type { WebParts } from '../../../bots/web/parts.ts';
import { engine as engineEn } from '../../../locales/en/engine.ts';
import { report as reportEn } from '../../../locales/en/report.ts';
import { web as webEn } from '../../../locales/en/web.ts';
import { engine as engineVi } from '../../../locales/vi/engine.ts';
import { report as reportVi } from '../../../locales/vi/report.ts';
import { web as webVi } from '../../../locales/vi/web.ts';
import { createMailbox, type Mailbox } from '../../../src/delivery/mailbox.ts';
import type { PersonEvent } from '../../../src/dialogue/event.ts';
import { createRenderer } from '../../../src/dialogue/render.ts';
import type { ChatState } from '../../../src/dialogue/state.ts';
import { createEngine } from '../../../src/dialogue/step.ts';
import type { Stepped } from '../../../src/dialogue/stepped.ts';
import { createHttp, type HttpParts } from '../../../src/http/http.ts';
import type { QrState } from '../../../src/http/landing.ts';
import type { Door } from '../../../src/services/inbound.ts';
import { Mailboxes } from '../../../src/store/mailboxes.ts';
import { loadAssets } from '../../../web/assets.ts';
import { memoryShelf } from '../../harness/shelf.ts';
import { joinStore, type OpenStore, openStore } from '../../store/open-store.ts';
import { SMALL_WORDS, smallTalk } from './small-talk.ts';

export const renderer = createRenderer({
  catalogues: {
    vi: { ...engineVi, ...reportVi, ...webVi, ...SMALL_WORDS },
    en: { ...engineEn, ...reportEn, ...webEn, ...SMALL_WORDS },
  },
  placeName: (code) => code,
});

const places = { find: () => [], nearest: () => [], exists: () => true, route: () => null };
const engine = createEngine({ flows: [smallTalk], renderer, places });
const SESSION_KEYS = [randomBytes(32)];
const folder = fileURLToPath(new URL('../../../web/static', import.meta.url));
export const assets = await loadAssets(folder);

export const chatOf = (address: string): string => address.slice(0, 22);

/** What came in, in order, for the tests to count. */
export interface Taken {
  readonly deliveryId: string;
  readonly event: PersonEvent;
}

export interface Site {
  readonly url: string;
  readonly mailbox: Mailbox;
  readonly taken: readonly Taken[];
  /** Messages that were told to have been shown. */
  readonly arrived: readonly string[];
  /** Photos that were fetched to be read. */
  readonly photos: readonly Uint8Array[];
  /** Makes the door fail with this until it is taken away again. */
  fault: Error | undefined;
  /** Lines of the log, as they would be written. */
  readonly log: readonly string[];
  readonly store: OpenStore;
  close(): Promise<void>;
}

export interface SiteOptions {
  /** Another process on the same database. */
  readonly joins?: Site;
  readonly web?: Partial<WebParts>;
  readonly http?: Partial<HttpParts>;
  readonly verifyQr?: (token: string) => Promise<QrState>;
}

interface Chat {
  state: ChatState;
  rev: number;
  readonly seen: Set<string>;
  /** Ends when what was taken last has been answered. */
  turn: Promise<void>;
}

/** A door in memory before the real engine; what it says goes into a real mailbox. */
const createDoor = (site: { fault: Error | undefined; taken: Taken[] }, mailbox: Mailbox, photo: Photo) => {
  const chats = new Map<string, Chat>();
  /** One revision: what the person did, then what the bot says to it. */
  const commit = async (id: string, chat: Chat, { state, says, work }: Stepped, echo?: PersonEvent) => {
    chat.state = state;
    chat.rev += 1;
    const [name, { lang }] = [`${id}:${chat.rev}`, state];
    if (echo) await mailbox.append(id, { id: `${name}:0`, lang, echo });
    for (const [index, say] of says.entries()) {
      await mailbox.append(id, { id: `${name}:${index + 1}`, lang, say });
    }
    for (const { id: order, args } of work) {
      const bytes = await photo((args as { ref: string }).ref);
      const worked = { type: 'worked' as const, work: order };
      const result = bytes === null ? worked : { ...worked, value: 'Giàng A Páo' };
      await commit(id, chat, engine.step(chat.state, result, Date.now()));
    }
  };
  const door: Door = {
    accept: async ({ address, deliveryId, event, lang }) => {
      if (site.fault) throw site.fault;
      const id = chatOf(address);
      const chat = chats.get(id) ?? {
        state: engine.empty(lang),
        rev: 0,
        seen: new Set(),
        turn: Promise.resolve(),
      };
      chats.set(id, chat);
      const again = chat.seen.has(deliveryId);
      if (again) return { chat: id, rev: chat.rev, again };
      chat.seen.add(deliveryId);
      site.taken.push({ deliveryId, event });
      // One at a time, and sent after the post has its answer, as the real door does.
      await chat.turn;
      const rev = chat.rev + 1;
      const pause = new Promise((resolve) => setTimeout(resolve, 20));
      chat.turn = pause.then(() => commit(id, chat, engine.step(chat.state, event, Date.now()), event));
      return { chat: id, rev, again };
    },
  };
  return door;
};

type Photo = (ref: string) => Promise<Uint8Array | null>;

/** The web chat as a whole: http shell, channel, mailbox on a real database. */
export const openSite = async ({ joins, web, http, verifyQr }: SiteOptions = {}): Promise<Site> => {
  const store = joins === undefined ? await openStore() : await joinStore(joins.store.uri);
  const { collections } = store.database;
  const mailboxes = new Mailboxes(collections.mailboxes, store.sealer);
  const mailbox = createMailbox({ mailboxes, collection: collections.mailboxes });
  const lines: string[] = [];
  const log = pino({ level: 'debug' }, { write: (text: string) => void lines.push(text) });
  const publicUrl = 'http://localhost:3000';
  const shell = createHttp({
    renderer,
    assets,
    log,
    registry: new Registry(),
    publicUrl,
    checks: { database: store.database.alive },
    verifyQr: verifyQr ?? (async () => ({ state: 'unknown' })),
    ...http,
  });
  const channel = createWebChannel({
    mailbox,
    renderer,
    assets,
    log,
    sessionKeys: SESSION_KEYS,
    publicUrl,
    chatOf,
    greeting: (lang) => engine.greeting(lang).says[0] ?? { notes: [], turn: 0 },
    attachments: {
      image: async (image) =>
        image.kind === 'qr'
          ? toBuffer(`${publicUrl}/q/${image.code}`, { errorCorrectionLevel: 'Q', width: 640 })
          : null,
      file: async () => null,
    },
    ...web,
  });
  const site = {
    fault: undefined as Error | undefined,
    taken: [] as Taken[],
    photos: [] as Uint8Array[],
    arrived: [] as string[],
  };
  const door = createDoor(site, mailbox, async (ref) => {
    const bytes = (await channel.fetchFile?.(ref)) ?? null;
    if (bytes !== null) site.photos.push(bytes);
    return bytes;
  });
  await channel.start({
    ignored: () => undefined,
    arrived: (ids) => void site.arrived.push(...ids),
    letIn: async () => undefined,
    hook: shell.hook,
    http: shell.routes,
    door,
    shelf: memoryShelf(),
  });
  const listening = await shell.listen(0, '127.0.0.1');
  return Object.assign(site, {
    url: `http://127.0.0.1:${listening.port}`,
    mailbox,
    store,
    log: lines,
    close: async () => {
      await channel.stop();
      await listening.close();
      await mailbox.close();
      await store.close();
    },
  });
};
