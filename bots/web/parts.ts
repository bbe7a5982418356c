import type { Logger } from 'pino';
import type { Attachments } from '../../src/delivery/attachments.ts';
import type { Mailbox } from '../../src/delivery/mailbox.ts';
import type { Renderer } from '../../src/dialogue/render.ts';
import type { Say } from '../../src/dialogue/say.ts';
import type { Lang } from '../../src/domain/lang.ts';
import type { Assets } from '../../web/assets.ts';
import type { Rate } from '../../web/limit.ts';

export interface WebLimits {
  /** Messages of one browser: faster than anybody taps, slower than a script. */
  readonly session: Rate;
  /** All requests of one network address; mobile operators put hundreds of people behind one. */
  readonly address: Rate;
  /** Photos of one browser. */
  readonly photo: Rate;
  /** Live streams of one browser: its open tabs. */
  readonly streamsPerSession: number;
  /** Live streams of this process. */
  readonly streams: number;
}

export const WEB_LIMITS: WebLimits = {
  session: { points: 60, seconds: 60 },
  address: { points: 1200, seconds: 60 },
  photo: { points: 12, seconds: 60 },
  streamsPerSession: 8,
  streams: 5_000,
};

/** What the web channel is made of. Everything that leaves this folder goes through one of these. */
export interface WebParts {
  readonly mailbox: Mailbox;
  readonly renderer: Renderer;
  readonly assets: Assets;
  readonly log: Logger;
  /** Sign the session cookies; the first is used, the others are still believed. At least 32 bytes each. */
  readonly sessionKeys: readonly Buffer[];
  /** Where people find us: says whether cookies are for https only, and whose posts are our own. */
  readonly publicUrl: string;
  /** The first message to somebody who has not said anything; nothing of it is stored. */
  readonly greeting: (lang: Lang) => Say;
  /** The chat's id in the store, as the door makes it from channel and address. */
  readonly chatOf: (address: string) => string;
  /** The QR of a declaration, the chart and the file of a report: made for whoever fetches them, by what they may read. */
  readonly attachments: Attachments;
  readonly limits?: Partial<WebLimits>;
  readonly now?: () => number;
  /** How often a stream shows that it lives (ms). */
  readonly beatEvery?: number;
}
