import { LANGS } from '../../domain/lang.ts';
import { fold, foldMarked, toneless } from '../../domain/text.ts';
import { parseOrdinal } from '../parse/simple.ts';
import type { Renderer } from '../render.ts';
import type { Option } from './question.ts';

/** Every word an option answers to, with its marks: its label in both languages and its other words. */
const wordsOf = (option: Option, renderer: Renderer): readonly string[] => [
  ...LANGS.map((lang) => foldMarked(renderer.value(lang, option.label))),
  ...(option.words ?? []),
];

/** Ids by the words of their options, marks aside; the first option has a word that two share. */
export const wordIndex = (options: readonly Option[], renderer: Renderer): ReadonlyMap<string, string> =>
  new Map(
    [...options]
      .reverse()
      .flatMap((option) => wordsOf(option, renderer).map((word) => [toneless(word), option.id] as const)),
  );

/** The option whose words these are, marks aside. */
const saidOption = (raw: string, options: readonly Option[], renderer: Renderer): Option | undefined => {
  const text = fold(raw);
  if (text === '') return undefined;
  return options.find((option) => wordsOf(option, renderer).some((word) => toneless(word) === text));
};

/** The only option that begins so. Who writes marks means them: "đóng" (close) does not begin "đồng ý" (agree). */
const begunOption = (raw: string, options: readonly Option[], renderer: Renderer): Option | undefined => {
  const marked = foldMarked(raw);
  if (marked.length < SHORTEST_BEGINNING) return undefined;
  const write = marked === toneless(marked) ? toneless : (word: string) => word;
  const found = options.filter((option) =>
    wordsOf(option, renderer).some((word) => write(word).startsWith(marked)),
  );
  return found.length === 1 ? found[0] : undefined;
};

/** Two letters begin too much. */
const SHORTEST_BEGINNING = 3;

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
  const said = saidOption(raw, options, renderer);
  return said === undefined && begun ? begunOption(raw, options, renderer) : said;
};

export const optionById = (id: string, options: readonly Option[]): Option | undefined =>
  options.find((option) => option.id === id);
