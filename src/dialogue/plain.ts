import type { Lang } from '../domain/lang.ts';
import type { Renderer } from './render.ts';
import type { Choice, Say } from './say.ts';

/** Choices that answer the question, in the order of their numbers. */
export const answers = (say: Say): readonly Choice[] =>
  (say.choices ?? []).filter((choice) => !choice.control);

/** Notes and question as one text, progress before the question; no choices. */
export const sayText = (renderer: Renderer, lang: Lang, say: Say): string => {
  const notes = say.notes.map((note) => renderer.line(lang, note));
  if (say.ask === undefined) return notes.join('\n');
  const progress = say.progress === undefined ? '' : `(${say.progress.at}/${say.progress.of}) `;
  return [...notes, `${progress}${renderer.line(lang, say.ask)}`].join('\n');
};

/** The same with numbered choices, for channels and people without buttons. */
export const sayPlain = (renderer: Renderer, lang: Lang, say: Say): string => {
  const numbered = answers(say).map((choice, index) => {
    const tick = say.several ? (choice.picked ? '[x] ' : '[ ] ') : '';
    return `${index + 1}. ${tick}${renderer.value(lang, choice.label)}`;
  });
  const controls = (say.choices ?? []).filter((choice) => choice.control);
  const hint = controls.map((choice) => renderer.value(lang, choice.label)).join(' · ');
  return [sayText(renderer, lang, say), ...numbered, ...(hint === '' ? [] : [hint])].join('\n');
};
