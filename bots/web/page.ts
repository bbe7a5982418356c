import type { Letter } from '../../src/delivery/letter.ts';
import { LIMITS } from '../../src/dialogue/limits.ts';
import type { Say } from '../../src/dialogue/say.ts';
import { LANGS, type Lang } from '../../src/domain/lang.ts';
import type { Assets } from '../../web/assets.ts';
import { type Html, html, trusted } from '../../web/html.ts';
import { page } from '../../web/layout.ts';
import { MOST_PHOTO } from './photos.ts';
import type { Transcript } from './transcript.ts';
import type { ViewContext } from './view-context.ts';
import { MOST_TEXT } from './wire.ts';

const MODULES = [
  'chat.js',
  'answer.js',
  'log.js',
  'outbox.js',
  'photo.js',
  'post.js',
  'qr.js',
  'sight.js',
  'stream.js',
  'writing.js',
];

const otherLang = (lang: Lang): Lang => LANGS.find((one) => one !== lang) ?? lang;

/** The switch names the other language in that language. */
const langSwitch = (lang: Lang, context: ViewContext, other: ViewContext): Html =>
  html`<form class="lang" method="post" action="/chat/language"><input type="hidden" name="deliveryId" value="${context.formId()}">
<button name="lang" value="${otherLang(lang)}" lang="${otherLang(lang)}">${other.words('web.lang.this')}</button></form>`;

/** The link to newer messages has another address each time: one that differs by `#end` alone loads nothing anew. */
const composer = ({ words, formId }: ViewContext, say = ''): Html => html`<footer class="composer">
<p id="network" role="status" hidden>${words('web.network.away')}</p>
<form id="write" method="post" action="/chat"><input type="hidden" name="deliveryId" value="${formId()}">
<label class="unseen" for="text">${words('web.write')}</label>
<textarea id="text" name="text" rows="1" maxlength="${MOST_TEXT}" required enterkeyhint="send" autocomplete="off" placeholder="${words('web.write.hint')}">${say}</textarea>
<button class="send" aria-label="${words('web.send')}">${trusted('<svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true"><path d="M3 11.2 20.4 3.6c.7-.3 1.3.4 1 1.1L14 21.6c-.3.8-1.4.7-1.6-.1l-1.9-6.6a1 1 0 0 0-.7-.7l-6.700-1.500c-.8-.2-.9-1.200-.1-1.500z" fill="currentColor"/></svg>')}</button></form>
<p class="plain reload"><a href="/?look=${formId()}#end">${words('web.reload')}</a></p>
</footer>`;

/** What the script says by itself; it has no words of its own. */
const scriptWords = ({ words }: ViewContext): Html => {
  const said = {
    you: words('web.author.you'),
    sending: words('web.state.sending'),
    sent: words('web.state.sent'),
    waiting: words('web.state.waiting'),
    refused: words('web.state.refused'),
    photo: words('web.photo.sent'),
    photoBig: words('web.photo.big', { max: Math.floor(MOST_PHOTO / 1_048_576) }),
    location: words('web.location.sent'),
    locationNot: words('web.location.not'),
    news: words('web.news'),
  };
  return html`<template id="words" data-words="${JSON.stringify(said)}" data-photo="${MOST_PHOTO}" data-text="${LIMITS.answerLength}"></template>`;
};

export interface ChatPage {
  readonly lang: Lang;
  readonly letters: readonly Letter[];
  readonly greeting: Say;
  /** What a link puts into the text box; the person sends it. */
  readonly say?: string;
}

/** The chat as one page: everything said so far is in it before any script has run. */
export const chatPage = (
  transcript: Transcript,
  assets: Assets,
  { lang, letters, greeting, say }: ChatPage,
): string => {
  const context = transcript.context(lang);
  const drawn = transcript.draw(lang, letters, greeting).map(({ markup }) => markup);
  const { words } = context;
  return page({
    lang,
    words,
    assets,
    title: words('web.title'),
    kind: 'talk',
    modules: MODULES,
    aside: langSwitch(lang, context, transcript.context(otherLang(lang))),
    main: html`<h1 class="unseen">${words('web.heading')}</h1>
<div id="log" role="log" aria-label="${words('web.log')}">${transcript.greet(lang, greeting, letters.length === 0)}${drawn}</div>
<div id="end"></div>${scriptWords(context)}`,
    foot: composer(context, say),
  });
};
