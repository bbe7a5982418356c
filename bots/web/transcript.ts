import { randomBytes } from 'node:crypto';
import type { Letter } from '../../src/delivery/letter.ts';
import type { Renderer } from '../../src/dialogue/render.ts';
import type { Say } from '../../src/dialogue/say.ts';
import type { Lang } from '../../src/domain/lang.ts';
import type { Html } from '../../web/html.ts';
import { html } from '../../web/html.ts';
import { wordsOf } from '../../web/words.ts';
import { articleView, echoView, sayView } from './message-view.ts';
import type { ViewContext } from './view-context.ts';

export interface Drawn {
  readonly id: string;
  readonly markup: Html;
}

export interface Transcript {
  /** Draws the letters from index `from` on; those before it give them the words of their buttons and the turn. */
  draw(pageLang: Lang, letters: readonly Letter[], greeting: Say, from?: number): readonly Drawn[];
  /** The first message to somebody who has not said anything; nothing of it is stored. */
  greet(lang: Lang, greeting: Say, pressable: boolean): Html;
  context(lang: Lang): ViewContext;
}

const newestTurn = (letters: readonly Letter[]): number =>
  Math.max(0, ...letters.map(({ say }) => say?.turn ?? 0));

/** Only the newest question has buttons; a message outside the talk (turn 0, an alert) keeps its own. */
const pressableOf = ({ turn }: Say, newest: number): { turn: number } | false =>
  turn === newest || turn === 0 ? { turn } : false;

/** Letters as articles of the page, the same for the first load, the live stream and the plain page. */
export const createTranscript = (renderer: Renderer): Transcript => {
  const context = (lang: Lang): ViewContext => ({
    words: wordsOf(renderer, lang),
    line: (line) => renderer.line(lang, line),
    value: (value) => renderer.value(lang, value),
    formId: () => randomBytes(16).toString('base64url'),
  });
  const inside = (letters: readonly Letter[], at: number, letter: Letter, greeting: Say): Html => {
    const own = context(letter.lang);
    if (letter.say) return sayView(letter.say, letter.id, pressableOf(letter.say, newestTurn(letters)), own);
    const before = letters.slice(0, at).flatMap(({ say }) => (say ? [say] : []));
    return echoView(letter.echo, [...before.reverse(), greeting], own);
  };
  return {
    context,
    draw: (pageLang, letters, greeting, from = 0) =>
      letters.slice(from).map((letter, index) => {
        const author = context(pageLang).words(letter.echo ? 'web.author.you' : 'web.author.us');
        const drawn = inside(letters, from + index, letter, greeting);
        return { id: letter.id, markup: articleView(letter, pageLang, drawn, author) };
      }),
    greet: (lang, greeting, pressable) => {
      const own = context(lang);
      const drawn = sayView(greeting, 'greeting', pressable ? {} : false, own);
      return html`<article class="theirs" data-turn="0" data-greeting><h2 class="unseen">${own.words('web.author.us')}</h2>${drawn}</article>`;
    },
  };
};
