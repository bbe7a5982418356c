import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { PersonEvent } from '../../src/dialogue/event.ts';
import { LANGS } from '../../src/domain/lang.ts';

/** Longer than any answer may be, so that the talk itself can say "too long" politely. */
export const MOST_TEXT = 4_000;

const deliveryId = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/);
const turn = z.int().min(0);
/** Unpaired halves of UTF-16 pairs, control characters and signs that turn the writing direction around. */
const UNWANTED = /[\p{Cs}\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;
/** As it was written, with tone marks composed. */
const cleanText = (raw: string): string =>
  raw.normalize('NFC').replace(UNWANTED, (sign) => (sign === '\n' ? sign : ''));
const text = z
  .string()
  .max(MOST_TEXT)
  .transform(cleanText)
  .refine((clean) => clean.trim() !== '');
const ids = z.array(z.string().min(1).max(200)).min(1).max(50);

/** What the page's own script posts. */
const json = z.strictObject({
  deliveryId,
  event: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('text'), text }),
    z.strictObject({ type: z.literal('choice'), ids, turn: turn.optional() }),
    z.strictObject({
      type: z.literal('location'),
      lat: z.number().min(-90).max(90),
      lon: z.number().min(-180).max(180),
    }),
  ]),
});

/** What a plain form posts: the pressed button and the ticked boxes are all called `choice`. */
const form = z.strictObject({
  deliveryId,
  text: text.optional(),
  choice: z
    .union([z.string().transform((one) => [one]), z.array(z.string())])
    .pipe(ids)
    .optional(),
  turn: z.coerce.number().pipe(turn).optional(),
  lang: z.enum(LANGS).optional(),
});

const photo = z.strictObject({ deliveryId, photo: z.instanceof(Uint8Array) });

export interface Post {
  readonly deliveryId: string;
  readonly event: PersonEvent;
}

const hash = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);

type Given = z.infer<typeof form>;

const formEvent = (given: Given): PersonEvent | undefined => {
  if (given.choice !== undefined)
    return { type: 'choice', ids: given.choice, ...(given.turn === undefined ? {} : { turn: given.turn }) };
  // The engine's own button, so that the chat changes its language with the page.
  if (given.lang !== undefined) return { type: 'choice', ids: [`/lang:${given.lang}`] };
  return given.text === undefined ? undefined : { type: 'text', text: given.text };
};

/**
 * A form's id is made when the page is drawn; somebody who goes back and sends something else must not be
 * taken for a repetition. So what was sent is part of the id.
 */
const formPost = (given: Given): Post | undefined => {
  const event = formEvent(given);
  return event && { event, deliveryId: `${given.deliveryId}.${hash(JSON.stringify(event))}` };
};

/** The photo's name in the photo store: the same for each attempt to send it, and nobody else's. */
const photoRef = (address: string, delivery: string): string => hash(address, delivery);

/** A post's body, already taken out of its wire format; undefined when it is not one of ours. */
export const readPost = (body: unknown, address: string): Post | undefined => {
  const asJson = json.safeParse(body);
  if (asJson.success) return asJson.data as Post;
  const asForm = form.safeParse(body);
  if (asForm.success) return formPost(asForm.data);
  const asPhoto = photo.safeParse(body);
  if (!asPhoto.success) return undefined;
  const ref = photoRef(address, asPhoto.data.deliveryId);
  const { length } = asPhoto.data.photo;
  return { deliveryId: asPhoto.data.deliveryId, event: { type: 'photo', ref, bytes: length } };
};
