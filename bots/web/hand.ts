import type { Request, RequestHandler, Response } from 'express';
import type { Door, Inbound } from '../../src/services/inbound.ts';
import { Refusal } from '../../web/refusal.ts';
import type { RawRequest, Received } from '../port.ts';
import { answered } from './answered.ts';
import type { Guard } from './guard.ts';
import type { WebParts } from './parts.ts';
import type { Photos } from './photos.ts';

/** What the routes that take something need. */
export interface PostParts {
  readonly web: WebParts;
  readonly guard: Guard;
  readonly photos: Photos;
  readonly door: Door;
  readonly receive: (request: RawRequest) => Promise<Received>;
}

/** Gives a message in and answers the request after the commit. */
export type Hand = (req: Request, res: Response, message: Inbound) => Promise<void>;

/** Posted by a plain form rather than by the page's script. */
export const isForm = (req: Request): boolean =>
  req.is(['application/x-www-form-urlencoded', 'multipart/form-data']) !== false;

/** The one message of a request that was believed. @throws Refusal otherwise */
export const messageOf = (received: Received): Inbound => {
  if (received.kind === 'refused') throw new Refusal(received.status, received.code);
  const [message] = received.kind === 'messages' ? received.messages : [];
  if (message === undefined) throw new Refusal(400, 'bad-request');
  return message;
};

/** A plain form goes back to the page, drawn with the answer on it; the script only wants to know. */
export const createHand =
  ({ mailbox, chatOf }: WebParts, door: Door): Hand =>
  async (req, res, message) => {
    if (!isForm(req)) {
      const { again, rev } = await door.accept(message);
      res.json({ again, rev });
      return;
    }
    const chat = chatOf(message.address);
    const before = (await mailbox.since(chat)).at(-1)?.id;
    const { again } = await door.accept(message);
    if (!again) await answered(mailbox, chat, before);
    res.redirect(303, '/#end');
  };

export const countAddress =
  (guard: Guard): RequestHandler =>
  async (req, _res, next) => {
    await guard.address(req);
    next();
  };
