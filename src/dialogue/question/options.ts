import { LANGS } from '../../domain/lang.ts';
import { fold } from '../../domain/text.ts';
import { parseOrdinal } from '../parse/simple.ts';
import type { Renderer } from '../render.ts';
import type { Option } from './question.ts';

/** Every word an option answers to: its label in both languages and its other words. */
const wordsOf = (option: Option, renderer: Renderer): readonly string[] => [
  ...LANGS.map((lang) => fold(renderer.value(lang, option.label))),
  ...(option.words ?? []),
];

/**
 * The option somebody typed, by its number or its words. With `begun`, also the only one that begins so:
 * not where free text may be meant.
 */
export const typedOption = (
  raw: string,
  options: readonly Option[],
  renderer: Renderer,
  begun = false,
): Option | undefined => {
  const ordinal = parseOrdinal(raw);
  if (ordinal !== null) return options[ordinal - 1];
  const text = fold(raw);
  const exact = options.find((option) => wordsOf(option, renderer).includes(text));
  if (exact !== undefined || !begun || text.length < 3) return exact;
  const candidates = options.filter((option) =>
    wordsOf(option, renderer).some((word) => word.startsWith(text)),
  );
  return candidates.length === 1 ? candidates[0] : undefined;
};

export const optionById = (id: string, options: readonly Option[]): Option | undefined =>
  options.find((option) => option.id === id);
