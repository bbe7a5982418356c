import { fileLabel, fileName } from '../../src/delivery/attachments.ts';
import type { Echo, Letter } from '../../src/delivery/letter.ts';
import type { Say, Value } from '../../src/dialogue/say.ts';
import { groupCode } from '../../src/domain/lookupCode.ts';
import { type Html, html } from '../../web/html.ts';
import { choicesView } from './choices-view.ts';
import { locationView, photoView } from './input-view.ts';
import { withLinks } from './text.ts';
import type { ViewContext } from './view-context.ts';

const progressView = ({ progress }: Say, { words }: ViewContext): Html | undefined =>
  progress &&
  html`<p class="progress"><progress max="${progress.of}" value="${progress.at}" aria-hidden="true"></progress>
<span>${words('web.progress', { at: progress.at, of: progress.of })}</span></p>`;

/** The QR as large as the phone is wide, the code beside it for whoever cannot scan. */
const qrView = (code: string, id: string, { words }: ViewContext): Html =>
  html`<figure class="qr"><a href="/qr/${encodeURIComponent(id)}.png" data-full="${words('web.qr.close')}"><img
src="/qr/${encodeURIComponent(id)}.png" width="320" height="320" alt="${words('web.qr.alt', { code: groupCode(code) })}"></a>
<figcaption><code>${groupCode(code)}</code><span>${words('web.qr.hint')}</span></figcaption></figure>`;

/** As wide as the message, and over the whole screen at a touch. */
const chartView = (id: string, { words }: ViewContext): Html =>
  html`<figure class="chart"><a href="/chart/${encodeURIComponent(id)}.png" data-full="${words('web.qr.close')}"><img
src="/chart/${encodeURIComponent(id)}.png" width="360" height="320" alt="${words('report.image')}"></a></figure>`;

const imageView = ({ image }: Say, id: string, context: ViewContext): Html | undefined => {
  if (image === undefined) return undefined;
  return image.kind === 'qr' ? qrView(image.code, id, context) : chartView(id, context);
};

const fileView = ({ file }: Say, id: string, { line }: ViewContext): Html | undefined =>
  file &&
  html`<p class="file"><a href="/file/${encodeURIComponent(id)}.${fileName(file).split('.').at(-1)}" download>${line(fileLabel(file))}</a></p>`;

const inputView = ({ input }: Say, context: ViewContext): Html | undefined => {
  if (input === 'photo') return photoView(context);
  return input === 'place' || input === 'location' ? locationView(context) : undefined;
};

const askIdOf = (id: string): string => `ask-${id}`;

/** What the bot says: what was understood first, then the question, then what to press. */
export const sayView = (
  say: Say,
  id: string,
  pressable: { turn?: number } | false,
  context: ViewContext,
): Html =>
  html`<div class="bubble">${say.notes.map((note) => html`<p>${withLinks(context.line(note), note)}</p>`)}${imageView(say, id, context)}${fileView(say, id, context)}${progressView(say, context)}${
    say.ask && html`<p class="ask" id="${askIdOf(id)}">${withLinks(context.line(say.ask), say.ask)}</p>`
  }</div>${pressable === false ? undefined : html`${inputView(say, context)}${choicesView({ say, askId: askIdOf(id), ...pressable }, context)}`}`;

const NOTHING: Value = '…';

const pressed = (ids: readonly string[], asked: readonly Say[]): Value => {
  const choices = asked.flatMap(({ choices = [] }) => choices);
  const labels = ids.flatMap((id) => {
    const choice = choices.find((each) => each.id === id);
    // "Send" belongs to the ticked boxes and says nothing beside them.
    return choice === undefined || (choice.control && ids.length > 1) ? [] : [choice.label];
  });
  return labels.length === 0 ? NOTHING : { list: labels };
};

const echoValue = (event: Echo, asked: readonly Say[], { words }: ViewContext): Value => {
  if (event.type === 'text') return event.text;
  if (event.type === 'choice') {
    const drawn = asked.filter(({ turn }) => event.turn === undefined || turn === event.turn);
    return pressed(event.ids, drawn.length > 0 ? drawn : asked);
  }
  if (event.type === 'photo') return words('web.photo.sent');
  return event.type === 'location' ? words('web.location.sent') : NOTHING;
};

/** What the person sent; `asked` holds the newest message first, for the words on the buttons. */
export const echoView = (echo: Echo, asked: readonly Say[], context: ViewContext): Html =>
  html`<div class="bubble"><p>${context.value(echoValue(echo, asked, context))}</p></div><p class="state">${context.words('web.state.sent')}</p>`;

export const articleView = (letter: Letter, pageLang: string, inside: Html, author: string): Html => {
  const own = letter.echo;
  const rev = letter.id.split(':').at(-2) ?? '';
  const lang = letter.lang === pageLang ? undefined : html` lang="${letter.lang}"`;
  const about = own ? html` data-rev="${rev}"` : html` data-turn="${letter.say.turn}"`;
  return html`<article class="${own ? 'mine' : 'theirs'}" data-id="${letter.id}"${about}${lang}><h2 class="unseen">${author}</h2>${inside}</article>`;
};
