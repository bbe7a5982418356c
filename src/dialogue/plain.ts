import type { Lang } from '../domain/lang.ts';
import type { Renderer } from './render.ts';
import type { Choice, Say } from './say.ts';

/** Choices that answer the question, in the order of their numbers. */
const answers = (say: Say): readonly Choice[] => (say.choices ?? []).filter((choice) => !choice.control);

/** Notes and question as one text, progress before the question; no choices. */
export const sayText = (renderer: Renderer, lang: Lang, say: Say): string => {
  const notes = say.notes.map((note) => renderer.line(lang, note));
  if (say.ask === undefined) return notes.join('\n');
  const progress = say.progress === undefined ? '' : `(${say.progress.at}/${say.progress.of}) `;
  return [...notes, `${progress}${renderer.line(lang, say.ask)}`].join('\n');
};

const numberedLines = (renderer: Renderer, lang: Lang, say: Say): readonly string[] =>
  answers(say).map((choice, index) => {
    const tick = say.several ? (choice.picked ? '[x] ' : '[ ] ') : '';
    return `${index + 1}. ${tick}${renderer.value(lang, choice.label)}`;
  });

/** Between words to type: some of them have a comma of their own. */
const BETWEEN = ' / ';

/** The line that bids people type what stands on these choices; nothing for none. */
export const wordsToType = (
  renderer: Renderer,
  lang: Lang,
  choices: readonly Pick<Choice, 'label'>[],
): readonly string[] => {
  const words = choices.map(({ label }) => renderer.value(lang, label)).join(BETWEEN);
  return words === '' ? [] : [renderer.line(lang, { key: 'engine.typeWord', values: { words } })];
};

/** The same with choices to type, for channels and people without buttons. */
export const sayPlain = (renderer: Renderer, lang: Lang, say: Say): string => {
  // A message outside the talk (turn 0, an alert) must not take the numbers of a question that is open: words instead.
  const outside = say.turn === 0;
  const choices = outside ? wordsToType(renderer, lang, answers(say)) : numberedLines(renderer, lang, say);
  const controls = (say.choices ?? []).filter((choice) => choice.control);
  const hint = controls.map((choice) => renderer.value(lang, choice.label)).join(' · ');
  return [sayText(renderer, lang, say), ...choices, ...(hint === '' ? [] : [hint])].join('\n');
};
