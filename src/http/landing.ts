import { Router } from 'express';
import { html } from '../../web/html.ts';
import { createLimit, limitKey, type Rate } from '../../web/limit.ts';
import { type Words, wordsOf } from '../../web/words.ts';
import { langOf, type Notice, noticePage, type PageKit } from './pages.ts';

/** What a scanned QR turned out to be. `until`: ms since 1970, when it ends or ended. Nothing about the person, on purpose. */
export interface QrState {
  readonly state: 'valid' | 'ended' | 'withdrawn' | 'unknown' | 'training';
  readonly until?: number;
}

export type VerifyQr = (token: string) => Promise<QrState>;

/** A checkpoint with one connection scans a coach; a guesser gets nowhere in a space of 512 bits anyway. */
const SCANS: Rate = { points: 300, seconds: 60 };

const NOTICES = {
  valid: { mood: 'good', title: 'web.qr.valid', text: 'web.qr.valid.text' },
  ended: { mood: 'ended', title: 'web.qr.ended', text: 'web.qr.ended.text' },
  withdrawn: { mood: 'ended', title: 'web.qr.withdrawn', text: 'web.qr.withdrawn.text' },
  unknown: { mood: 'unknown', title: 'web.qr.unknown', text: 'web.qr.unknown.text' },
  training: { mood: 'unknown', title: 'web.qr.training', text: 'web.qr.training.text' },
} as const;

/** A time stands only where it says how things are: whoever scans a withdrawn one would read it as still valid. */
const TIMES = { valid: 'web.qr.until', ended: 'web.qr.since' } as const;

const timeOf = ({ state, until }: QrState, words: Words) =>
  until === undefined || (state !== 'valid' && state !== 'ended')
    ? []
    : [html`<p class="until">${words(TIMES[state], { until: { time: until } })}</p>`];

const noticeOf = (found: QrState, now: number, words: Words): Notice => {
  const { mood, title, text } = NOTICES[found.state];
  return {
    mood,
    title: words(title),
    text: [
      html`<p>${words(text)}</p>`,
      ...timeOf(found, words),
      html`<p class="checked">${words('web.qr.checked', { now: { time: now } })}</p>`,
      html`<h2>${words('web.qr.how')}</h2><p>${words('web.qr.how.text')}</p>`,
    ],
  };
};

/** Where the link in a QR leads: how the declaration stands, and how to declare. For whoever scans it. */
export const landingRoutes = (kit: PageKit, verifyQr: VerifyQr, now: () => number): Router => {
  const routes = Router();
  const limit = createLimit(SCANS);
  routes.get('/q/:token', async (req, res) => {
    await limit(limitKey(req.ip));
    const found = await verifyQr(req.params.token);
    const lang = langOf(req);
    const words = wordsOf(kit.renderer, lang);
    res.status(found.state === 'unknown' ? 404 : 200).type('html');
    // The address holds the token: it is told to nobody, kept by nobody and found by no search engine.
    res.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer', 'X-Robots-Tag': 'noindex' });
    res.send(noticePage(kit, lang, words, noticeOf(found, now(), words)));
  });
  return routes;
};
