import { toneless } from '../../domain/text.ts';
import { spellOut } from '../parse/shortForms.ts';
import { parseParts } from '../parse/simple.ts';
import { typedOption, wordIndex } from './options.ts';
import type { Env, Option } from './question.ts';

/** Other words for "none of these", in any list of signs or contacts. */
export const NONE_WORDS = [
  'khong co gi',
  'khong bi gi',
  'khong co gi ca',
  'khong bi gi ca',
  'khong co dau hieu',
  'khong co dau hieu gi',
  'khong co trieu chung',
  'khong co trieu chung gi',
  'khong trieu chung',
  'khong muc nao',
  'khong co muc nao',
  'binh thuong',
  'bt',
  'bth',
  'khoe',
  'khoe manh',
  'nothing',
  'none of them',
];

/** What stands before a sign of illness and says nothing more. A "không" is never among it. */
const LEAD = /^(?:(?:toi|em|chau|minh|i) )?(?:(?:dang|hoi) )?(?:(?:bi|co|have|has) )?(?:(?:dang|hoi|bi) )?/;

/** Words of one part that are looked at; the longest list of signs has fewer. */
const LONGEST_ROW = 30;

type Known = ReadonlyMap<string, string>;

/** "Sốt ho khó thở": words of options one after the other, without any sign between; null when one is unknown. */
const inARow = (words: readonly string[], known: Known): readonly string[] | null => {
  if (words.length === 0) return [];
  for (let length = words.length; length > 0; length -= 1) {
    const id = known.get(words.slice(0, length).join(' '));
    const rest = id === undefined ? null : inARow(words.slice(length), known);
    if (id !== undefined && rest !== null) return [id, ...rest];
  }
  return null;
};

const partIds = (part: string, options: readonly Option[], known: Known, env: Env) => {
  const option = typedOption(part, options, env.renderer);
  if (option !== undefined) return [option.id];
  const words = spellOut(toneless(part)).replace(LEAD, '').split(' ');
  return words.length > LONGEST_ROW ? null : inARow(words, known);
};

/**
 * The ids somebody typed: by number, by words, with or without signs between. Taken whole or not at all: an
 * unknown part must not be lost in silence, and "không sốt" is no fever.
 */
export const typedChoices = (raw: string, options: readonly Option[], env: Env): readonly string[] | null => {
  const known = wordIndex(options, env.renderer);
  const parts = parseParts(raw).map((part) => partIds(part, options, known, env));
  const ids = parts.filter((part) => part !== null);
  return ids.length === 0 || ids.length < parts.length ? null : [...new Set(ids.flat())];
};
