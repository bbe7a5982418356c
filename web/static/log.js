/** The conversation on the page: articles in the order they came, own messages that are still on their way at the end. */

import { firstOf, nextAnswer, show } from './sight.js';

const log = document.getElementById('log');
const data = document.getElementById('words').dataset;
/** What the script says, in the page's language. */
export const words = JSON.parse(data.words);
export const MOST_PHOTO = Number(data.photo);

const title = document.title;
let news = 0;

/** @type {(which: string) => HTMLElement[]} */
const articles = (which) => Array.from(log.querySelectorAll(`article${which}`));
/** The last message that came from the server; empty before the first. */
export const lastId = () => articles('[data-id]').at(-1)?.dataset.id ?? '';
export const hasTalked = () => articles(':is([data-id], [data-pending])').length > 0;

export const showLast = () => {
  const last = log.lastElementChild;
  if (last !== null && hasTalked()) show(last, last, 'instant');
};

/** Keeps the end in sight when the writing line grows over it, but pulls nobody away who reads further up. */
export const keepEnd = () => {
  const below = document.documentElement.scrollHeight - window.innerHeight - window.scrollY;
  if (below < window.innerHeight / 3) showLast();
};

/** Buttons of older questions go: only the newest one can be answered. Turn 0 stands outside the talk. */
const retire = (newest) => {
  for (const article of articles('[data-turn]')) {
    const turn = Number(article.dataset.turn);
    const old = turn > 0 ? turn < newest : 'greeting' in article.dataset;
    if (old) for (const part of article.querySelectorAll('form, .locate')) part.remove();
  }
};

/** Whoever just pressed a button, by key or by finger, goes on at the new question and not at the page's top. */
const moveFocus = (article) => {
  if (document.activeElement !== document.body && document.activeElement !== null) return;
  const fields = article.querySelectorAll('form:not(.controls) :is(button, input:not([type=hidden]))');
  // Not the camera's field where there is no camera: what is not drawn takes no focus, and leaves it at the top.
  const first = Array.from(fields).find((field) => field.getClientRects().length > 0);
  const writing = document.getElementById('text');
  const keyboard = window.matchMedia('(pointer: fine)').matches;
  (first ?? (keyboard ? writing : undefined))?.focus({ preventScroll: true });
};

const countNews = () => {
  if (!document.hidden) return;
  news += 1;
  document.title = `(${news}) ${words.news} · ${title}`;
};
document.addEventListener('visibilitychange', () => {
  if (document.hidden) return;
  news = 0;
  document.title = title;
});

const pendingOf = (delivery) => articles(`[data-pending="${CSS.escape(delivery)}"]`)[0] ?? null;

/** The server's own copy of a message takes the place of the one that was shown while it was on its way. */
const replace = (pending, echo) => {
  const photo = pending.querySelector('img');
  if (photo !== null) echo.querySelector('.bubble').append(photo);
  delete echo.dataset.rev; // one revision may hold several messages: each copy answers for one
  pending.remove();
};

/** Adds a message as the server drew it; one that is already there is left alone. */
export const add = (markup) => {
  const template = document.createElement('template');
  template.innerHTML = markup;
  const article = /** @type {HTMLElement} */ (template.content.firstElementChild);
  const { id, rev, turn } = article.dataset;
  if (articles(`[data-id="${CSS.escape(id)}"]`).length > 0) return;
  log.insertBefore(article, log.querySelector('article[data-pending]'));
  if (rev !== undefined) {
    const [pending] = articles(`[data-pending][data-taken="${rev}"]`);
    if (pending !== undefined) replace(pending, article);
    return;
  }
  article.classList.add('new');
  retire(Number(turn));
  moveFocus(article);
  show(article, firstOf(article));
  countNews();
};

/**
 * The server took a message in its revision `rev`; its own copy comes by the stream, or is here already. What was
 * taken before, and only its answer got lost, has its copy in the talk.
 */
export const setTaken = (delivery, { again, rev }) => {
  const pending = pendingOf(delivery);
  if (pending === null) return;
  pending.dataset.taken = rev;
  const [echo] = articles(`[data-rev="${rev}"]`);
  if (again) pending.remove();
  else if (echo !== undefined) replace(pending, echo);
  else setState(delivery, 'sent', words.sent);
};

/** Shows an own message before the server has it. */
export const addPending = (delivery, label, picture) => {
  const article = document.createElement('article');
  article.className = 'mine';
  article.dataset.pending = delivery;
  article.innerHTML = '<h2 class="unseen"></h2><div class="bubble"><p></p></div><p class="state"></p>';
  article.querySelector('h2').textContent = words.you;
  article.querySelector('.bubble p').textContent = label;
  article.querySelector('.state').textContent = words.sending;
  if (picture !== undefined) {
    const image = document.createElement('img');
    image.alt = '';
    image.src = URL.createObjectURL(picture);
    image.onload = () => show(article);
    article.querySelector('.bubble').append(image);
  }
  log.append(article);
  nextAnswer();
  show(article);
};

/** `sending`, `sent`, `waiting` or `refused`; `text` is the sentence under the message. */
export const setState = (delivery, state, text) => {
  const article = pendingOf(delivery);
  if (article === null) return;
  article.className = `mine ${state}`;
  article.querySelector('.state').textContent = text;
};
