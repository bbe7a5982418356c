import { LANGS } from '../../domain/lang.ts';
import { fold, foldMarked, toneless } from '../../domain/text.ts';
import { spellOut } from '../parse/shortForms.ts';
import { parseOrdinal } from '../parse/simple.ts';
import type { Renderer } from '../render.ts';
import type { Value } from '../say.ts';
import type { Option } from './question.ts';

/** A word an option answers to: as it is written, and without its marks. */
interface Word {
  readonly marked: string;
  readonly bare: string;
}

const wordOf = (raw: string): Word => {
  const marked = foldMarked(raw);
  return { marked, bare: toneless(marked) };
};

/** Words of labels that are one sentence of the catalogue: the same at every text. */
const known = new WeakMap<Renderer, Map<string, readonly Word[]>>();

const labelWords = (label: Value, renderer: Renderer): readonly Word[] => {
  const make = () => LANGS.map((lang) => wordOf(renderer.value(lang, label)));
  if (typeof label !== 'object' || !('key' in label) || label.values !== undefined) return make();
  const labels = known.get(renderer) ?? new Map<string, readonly Word[]>();
  known.set(renderer, labels);
  const words = labels.get(label.key) ?? make();
  labels.set(label.key, words);
  return words;
};

/** Every word an option answers to: its label in both languages and its other words. */
const wordsOf = ({ label, words = [] }: Option, renderer: Renderer): readonly Word[] => [
  ...labelWords(label, renderer),
  ...words.map((word) => ({ marked: word, bare: word })),
];

/** Ids by the words of their options, marks aside; the first option has a word that two share. */
export const wordIndex = (options: readonly Option[], renderer: Renderer): ReadonlyMap<string, string> =>
  new Map(
    [...options]
      .reverse()
      .flatMap((option) => wordsOf(option, renderer).map(({ bare }) => [bare, option.id] as const)),
  );

/** The option whose words these are, marks aside and written short or whole. */
const saidOption = (raw: string, options: readonly Option[], renderer: Renderer): Option | undefined => {
  const text = fold(raw);
  if (text === '') return undefined;
  const whole = spellOut(text);
  const says = ({ bare }: Word): boolean => bare === text || bare === whole;
  return options.find((option) => wordsOf(option, renderer).some(says));
};

/** The options that begin so. Who writes marks means them: "đóng" (close) does not begin "đồng ý" (agree). */
const begunBy = (marked: string, options: readonly Option[], renderer: Renderer): readonly Option[] => {
  const form = marked === toneless(marked) ? 'bare' : 'marked';
  return options.filter((option) => wordsOf(option, renderer).some((word) => word[form].startsWith(marked)));
};

/** The only option that begins so, as it is written or with its short forms spelled out. */
const begunOption = (raw: string, options: readonly Option[], renderer: Renderer): Option | undefined => {
  const marked = foldMarked(raw);
  if (marked.length < SHORTEST_BEGINNING) return undefined;
  const literal = begunBy(marked, options, renderer);
  const found = literal.length === 0 ? begunBy(spellOut(marked), options, renderer) : literal;
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
