import type { Renderer } from '../src/dialogue/render.ts';
import type { Line } from '../src/dialogue/say.ts';
import type { Lang } from '../src/domain/lang.ts';

/** A sentence of the page in the page's language. */
export type Words = (key: string, values?: Line['values']) => string;

export const wordsOf =
  (renderer: Renderer, lang: Lang): Words =>
  (key, values) =>
    renderer.line(lang, values === undefined ? { key } : { key, values });

const LANG_COOKIE = /(?:^|;\s*)khaibao-lang=(vi|en)(?:;|$)/;

/** The language somebody chose on this browser; undefined before any choice, then it is Vietnamese. */
export const chosenLang = (cookies: string | undefined): Lang | undefined =>
  LANG_COOKIE.exec(cookies ?? '')?.[1] as Lang | undefined;

export const LANG_COOKIE_NAME = 'khaibao-lang';
