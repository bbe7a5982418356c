import type { Request } from 'express';
import type { Assets } from '../../web/assets.ts';
import { type Html, html } from '../../web/html.ts';
import { page } from '../../web/layout.ts';
import { chosenLang, type Words, wordsOf } from '../../web/words.ts';
import type { Renderer } from '../dialogue/render.ts';
import type { Lang } from '../domain/lang.ts';
import { type Problem, titleKey } from './problem.ts';

/** What pages outside the chat are drawn with. */
export interface PageKit {
  readonly renderer: Renderer;
  readonly assets: Assets;
}

export const langOf = (req: Request): Lang => chosenLang(req.headers.cookie) ?? 'vi';

export interface Notice {
  /** Names the look: `good`, `ended`, `unknown`, `problem`. */
  readonly mood: string;
  readonly title: string;
  readonly text: readonly Html[];
  readonly refresh?: number;
}

/** A page that says one thing, and leads back to the chat. */
export const noticePage = ({ assets }: PageKit, lang: Lang, words: Words, notice: Notice): string =>
  page({
    lang,
    words,
    assets,
    title: `${notice.title} · ${words('web.product')}`,
    kind: 'notice',
    main: html`<section class="card ${notice.mood}"><h1>${notice.title}</h1>${notice.text}
<p><a class="button" href="/">${words('web.open')}</a></p></section>`,
    ...(notice.refresh === undefined ? {} : { refresh: notice.refresh }),
  });

/** A problem as a page, for whoever came with a browser. A store that is away is tried again by the page itself. */
export const problemPage = (kit: PageKit, req: Request, problem: Problem): string => {
  const lang = langOf(req);
  const words = wordsOf(kit.renderer, lang);
  const again = problem.status === 503 && req.method === 'GET';
  return noticePage(kit, lang, words, {
    mood: 'problem',
    title: words(titleKey(problem)),
    text: [html`<p>${words('web.problem.what', { status: problem.status, code: problem.code })}</p>`],
    ...(again ? { refresh: problem.retryAfter ?? 10 } : {}),
  });
};
