import { type Letter, shownBy } from '../../src/delivery/letter.ts';
import type { Mailbox } from '../../src/delivery/mailbox.ts';
import type { Say } from '../../src/dialogue/say.ts';
import type { Lang } from '../../src/domain/lang.ts';
import type { Drawn, Transcript } from './transcript.ts';

/** Letters a reader keeps for the words on their buttons: as many as a mailbox holds. */
const REMEMBERED = 60;

export interface Reader {
  /** What was not handed out yet, drawn. Calls must not overlap. */
  next(): Promise<readonly Drawn[]>;
}

export interface ReaderParts {
  readonly mailbox: Mailbox;
  readonly transcript: Transcript;
  readonly chat: string;
  readonly lang: Lang;
  readonly greeting: Say;
  /** The last letter the page has; when it is not known any more, the page gets all there are and keeps its own. */
  readonly after: string | undefined;
  /** Told which messages outside the talk the page has: it goes on after them. */
  readonly arrived: (ids: readonly string[]) => void;
}

/** Goes on where a page left off. The letters before it are read once, for the words on their buttons. */
export const createReader = (parts: ReaderParts): Reader => {
  const { mailbox, transcript, chat, lang, greeting, after, arrived } = parts;
  let known: readonly Letter[] | undefined;
  const first = async (): Promise<readonly Drawn[]> => {
    known = await mailbox.since(chat);
    arrived(shownBy(known, after));
    const from = known.findIndex(({ id }) => id === after) + 1;
    return transcript.draw(lang, known, greeting, from);
  };
  return {
    next: async () => {
      if (known === undefined || known.length === 0) return first();
      const held = new Set(known.map(({ id }) => id));
      const more = (await mailbox.since(chat, known.at(-1)?.id)).filter(({ id }) => !held.has(id));
      const from = known.length;
      const all = [...known, ...more];
      known = all.slice(-REMEMBERED);
      return transcript.draw(lang, all, greeting, from);
    },
  };
};
