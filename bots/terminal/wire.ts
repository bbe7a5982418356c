import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { RawRequest, Received } from '../port.ts';

/** Somebody at a keyboard types no more than this in one line. */
const MAX_TEXT = 2_000;

const post = z.strictObject({
  /** Made by the client, so that a repeated post counts once. */
  deliveryId: z.string().regex(/^[\w-]{8,64}$/),
  /** One conversation; several terminals of one person may share it. */
  session: z.string().regex(/^[\w-]{1,64}$/),
  text: z.string().min(1).max(MAX_TEXT),
});

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compared in constant time; the digests make the lengths equal. */
const believed = (given: string | undefined, token: string): boolean =>
  given !== undefined && timingSafeEqual(digest(given), digest(`Bearer ${token}`));

/** Verifies and parses one post of the terminal client. */
export const readPost = ({ headers, body }: RawRequest, token: string, now: number): Received => {
  if (!believed(headers.authorization, token)) return { kind: 'refused', status: 401, code: 'wrong-token' };
  const parsed = post.safeParse(body);
  if (!parsed.success) return { kind: 'refused', status: 400, code: 'bad-request' };
  const { deliveryId, session, text } = parsed.data;
  const message = {
    channel: 'terminal',
    deliveryId,
    address: session,
    at: now,
    event: { type: 'text', text } as const,
  };
  return { kind: 'messages', messages: [message] };
};

/** The session a reader names, if the reader is believed. */
export const readReader = ({ headers }: RawRequest, session: unknown, token: string): string | undefined =>
  believed(headers.authorization, token) ? post.shape.session.safeParse(session).data : undefined;
