import express, { type RequestHandler, type Router } from 'express';
import { LANGS } from '../../src/domain/lang.ts';
import { Refusal } from '../../web/refusal.ts';
import { LANG_COOKIE_NAME } from '../../web/words.ts';
import { headersOf } from './guard.ts';
import { countAddress, createHand, messageOf, type PostParts } from './hand.ts';
import { addPhotoRoute } from './photo-routes.ts';

/** A text in the largest allowed length, in a script that takes three bytes a letter, with room for its frame. */
const MOST_BODY = '16kb';
const YEAR_S = 365 * 24 * 3600;

const knownType: RequestHandler = (req, _res, next) => {
  const type = req.is(['application/json', 'application/x-www-form-urlencoded']);
  next(type ? undefined : new Refusal(415, 'unsupported-type'));
};

/** Posts of the page: with a script as JSON, without one as plain forms. */
export const addPostRoutes = (http: Router, parts: PostParts): void => {
  const { web, guard, door, receive } = parts;
  const hand = createHand(web, door);

  const post: RequestHandler = async (req, res) => {
    const message = messageOf(await receive({ headers: headersOf(req), body: req.body }));
    await guard.message(message.address);
    await hand(req, res, message);
  };

  /** Changes the page for everybody; the chat only when there is one: choosing a language stores nothing. */
  const language: RequestHandler = async (req, res) => {
    const lang = LANGS.find((one) => one === (req.body as { lang?: unknown } | undefined)?.lang);
    if (lang === undefined) throw new Refusal(400, 'bad-request');
    const message = messageOf(await receive({ headers: headersOf(req), body: req.body }));
    await guard.message(message.address);
    const cookie = `${LANG_COOKIE_NAME}=${lang}; Path=/; Max-Age=${YEAR_S}; HttpOnly; SameSite=Lax`;
    res.append('Set-Cookie', cookie);
    const begun = (await web.mailbox.since(web.chatOf(message.address))).length > 0;
    if (begun) await hand(req, res, message);
    else res.redirect(303, '/');
  };

  const json = express.json({ limit: MOST_BODY, strict: true });
  const form = express.urlencoded({ limit: MOST_BODY, extended: false, parameterLimit: 100 });
  http.post('/chat', countAddress(guard), knownType, json, form, post);
  http.post('/chat/language', countAddress(guard), knownType, form, language);
  addPhotoRoute(http, parts);
};
