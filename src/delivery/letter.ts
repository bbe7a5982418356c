import type { PersonEvent } from '../dialogue/event.ts';
import type { Say } from '../dialogue/say.ts';
import type { Json } from '../domain/json.ts';
import type { Lang } from '../domain/lang.ts';

/** What the person sent, shown back to them in its place between the answers; of a photo or file only that there was one. */
export type Echo = Exclude<PersonEvent, { type: 'photo' | 'file' }> | { readonly type: 'photo' | 'file' };

/** One message in a mailbox: what the bot says, or what the person said. Never rendered text. */
export type Letter = { readonly id: string; readonly lang: Lang } & (
  | { readonly say: Say; readonly echo?: never }
  | { readonly echo: Echo; readonly say?: never }
);

/**
 * Ids of what somebody has been shown who goes on after a letter: that one and those before it, for they come in their
 * order. Replies are left out: what stands outside the talk has turn 0, and a row of its own.
 */
export const shownBy = (letters: readonly Letter[], after: string | undefined): readonly string[] =>
  letters
    .slice(0, letters.findIndex(({ id }) => id === after) + 1)
    .flatMap(({ id, say }) => (say?.turn === 0 ? [id] : []));

type Stored = { readonly lang: Lang } & ({ readonly say: Say } | { readonly echo: Echo });

/** Letters are stored as they are, sealed; this is the one place that claims it. */
export const letterToJson = ({ lang, say, echo }: Letter): Json =>
  (say === undefined ? { lang, echo } : { lang, say }) as unknown as Json;

export const letterFromJson = (id: string, json: Json): Letter => ({ id, ...(json as unknown as Stored) });
