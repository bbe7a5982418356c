import type { RequestHandler } from 'express';
import type { Outgoing } from '../../src/delivery/outgoing.ts';
import { Refusal } from '../../web/refusal.ts';
import { chosenLang } from '../../web/words.ts';
import type { Capabilities, Channel, RawRequest, Received } from '../port.ts';
import { addGetRoutes } from './get-routes.ts';
import { createGuard } from './guard.ts';
import { linkSaying } from './link.ts';
import { fromOwnPage } from './origin.ts';
import { WEB_LIMITS, type WebParts } from './parts.ts';
import { createPhotos } from './photos.ts';
import { addPostRoutes } from './post-routes.ts';
import { createSessions } from './session.ts';
import { createStreams } from './streams.ts';
import { createTranscript } from './transcript.ts';
import { readPost } from './wire.ts';

const capabilities: Capabilities = {
  buttons: 100,
  images: true,
  files: true,
  photosIn: true,
  contact: false,
  location: true,
  edits: false,
  // The page has no limit of its own.
  textLength: 100_000,
  paid: false,
  takes: 'page',
};

const METHODS: Readonly<Record<string, string>> = {
  '/': 'GET, HEAD',
  '/chat': 'POST',
  '/chat/photo': 'POST',
  '/chat/language': 'POST',
  '/chat/messages': 'GET, HEAD',
  '/chat/stream': 'GET',
  '/qr/:name': 'GET, HEAD',
  '/chart/:name': 'GET, HEAD',
  '/file/:name': 'GET, HEAD',
};

const wrongMethod =
  (allowed: string): RequestHandler =>
  (_req, res, next) => {
    res.set('Allow', allowed);
    next(new Refusal(405, 'wrong-method'));
  };

/** The chat page: a channel whose platform is the browser, and whose mailbox the browser empties itself. */
export const createWebChannel = (web: WebParts): Channel => {
  const { mailbox, publicUrl, now = Date.now } = web;
  const limits = { ...WEB_LIMITS, ...web.limits };
  const sessions = createSessions({ keys: web.sessionKeys, secure: publicUrl.startsWith('https:') });
  const guard = createGuard(sessions, limits);
  const photos = createPhotos();
  const streams = createStreams(web, limits);
  const transcript = createTranscript(web.renderer);

  const receive = async ({ headers, body }: RawRequest): Promise<Received> => {
    if (!fromOwnPage(headers, publicUrl)) return { kind: 'refused', status: 403, code: 'foreign-page' };
    const session = sessions.read(headers.cookie);
    if (session === undefined) return { kind: 'refused', status: 401, code: 'no-session' };
    const post = readPost(body, session.address);
    if (post === undefined) return { kind: 'refused', status: 400, code: 'bad-request' };
    const lang = chosenLang(headers.cookie);
    const message = { channel: 'web', address: session.address, at: now(), ...post };
    return { kind: 'messages', messages: [lang === undefined ? message : { ...message, lang }] };
  };

  return {
    name: 'web',
    capabilities,
    receive,
    send: async ({ id, lang, say, address }: Outgoing) => {
      await mailbox.append(web.chatOf(address), { id, lang, say });
      return {};
    },
    fetchFile: async (ref) => photos.take(ref),
    deepLink: (said) => linkSaying(publicUrl, said),
    start: async ({ http, door, arrived }) => {
      http.head('/chat/stream', wrongMethod('GET'));
      addGetRoutes(http, { web, guard, sessions, streams, transcript, limits, arrived });
      addPostRoutes(http, { web, guard, photos, door, receive });
      for (const [path, allowed] of Object.entries(METHODS)) http.all(path, wrongMethod(allowed));
    },
    stop: async () => {
      streams.endAll();
      photos.clear();
    },
  };
};
