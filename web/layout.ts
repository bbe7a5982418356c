import type { Lang } from '../src/domain/lang.ts';
import type { Assets } from './assets.ts';
import { type Html, html, trusted } from './html.ts';
import type { Words } from './words.ts';

export interface PageParts {
  readonly lang: Lang;
  readonly words: Words;
  readonly assets: Assets;
  readonly title: string;
  readonly main: Html;
  /** Names the page to the style sheets, and its own sheet beside the common one. */
  readonly kind: 'talk' | 'notice';
  /** Modules of the page, the first one is run, the others are fetched beside it. */
  readonly modules?: readonly string[];
  /** Right side of the header. */
  readonly aside?: Html;
  /** Below the main part. */
  readonly foot?: Html;
  /** Ask for the page again by itself after so many seconds. */
  readonly refresh?: number;
}

const moduleTags = (assets: Assets, [entry, ...others]: readonly string[]): Html =>
  entry === undefined
    ? html``
    : html`${others.map((name) => html`<link rel="modulepreload" href="${assets.url(name)}">`)}
<script type="module" src="${assets.url(entry)}"></script>`;

const header = (words: Words, assets: Assets, aside: Html | undefined): Html => html`<header class="top">
<a class="brand" href="/"><img src="${assets.url('emblem.svg')}" alt="" width="40" height="40">
<span><strong>${words('web.product')}</strong><span class="unit">${words('web.province')}</span></span></a>
${aside}</header>`;

/** The frame of every page. Nothing in it comes from elsewhere, nothing is inline. */
export const page = (parts: PageParts): string => {
  const { words, assets, refresh } = parts;
  return html`${trusted('<!doctype html>')}
<html lang="${parts.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" content="#ffffff" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#1c1a19" media="(prefers-color-scheme: dark)">
<meta name="description" content="${words('web.description')}">
${refresh === undefined ? undefined : html`<meta http-equiv="refresh" content="${refresh}">`}
<title>${parts.title}</title>
<link rel="icon" href="${assets.url('emblem.svg')}" type="image/svg+xml">
<link rel="stylesheet" href="${assets.url('base.css')}">
<link rel="stylesheet" href="${assets.url(`${parts.kind}.css`)}">
${moduleTags(assets, parts.modules ?? [])}
</head>
<body class="${parts.kind}">
<a class="skip" href="#main">${words('web.skip')}</a>
${header(words, assets, parts.aside)}
<main id="main" tabindex="-1">${parts.main}</main>
${parts.foot}
</body>
</html>
`.markup;
};
