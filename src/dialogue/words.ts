import { fold, foldMarked, toneless } from '../domain/text.ts';
import type { Flow } from './flow.ts';
import { type CommandName, LANGUAGE_WORDS, NAMES, TABLE, THANKS } from './vocabulary.ts';

export interface Command {
  readonly name: CommandName;
  readonly argument?: string;
}

/** What was typed, in the forms it is compared in. */
interface Typed {
  readonly raw: string;
  readonly marked: string;
  readonly bare: string;
  readonly strict: boolean;
}

const bareWords = new Map<string, string>();

/** A word of the vocabulary without its marks; there are some hundred, and each is compared at every text. */
const bareWord = (word: string): string => {
  const bare = bareWords.get(word) ?? toneless(word);
  bareWords.set(word, bare);
  return bare;
};

/**
 * A word counts as typed. With `strict` (a question for free text) a single syllable does so only with its marks:
 * "Huy" is a name, "hủy" is a command. Of two syllables no name is made.
 */
const matches = ({ raw, marked, bare, strict }: Typed, word: string): boolean => {
  if (marked === word || raw === word) return true;
  return bare !== '' && (!strict || word.includes(' ')) && bare === bareWord(word);
};

const withArgument = ({ marked, bare, strict }: Typed): Command | undefined => {
  const edit = /^(?:sửa lại|sửa|edit)\s+(.{1,60})$/.exec(marked);
  if (edit?.[1] !== undefined) return { name: 'edit', argument: edit[1] };
  if (/^(?:giữ|keep):/.test(marked)) return { name: 'keep' };
  if (/^(?:tiếp tục|continue):/.test(marked)) return { name: 'resume' };
  // "Vietnamese" is what somebody answers who is asked for a nationality.
  const language = strict && bare === 'vietnamese' ? undefined : LANGUAGE_WORDS.get(bare);
  return language === undefined ? undefined : { name: 'lang', argument: language };
};

/** "/quaylai", "/khaibao@bot x": Telegram's form, understood everywhere. */
const slashCommand = (raw: string, flows: readonly Flow[]): Command | undefined => {
  const match = /^\/([a-z_]{1,32})(?:@\w+)?(?:\s+(.*))?$/i.exec(raw.trim());
  if (!match?.[1]) return undefined;
  const name = match[1].toLowerCase();
  const own = TABLE.find(({ slash }) => slash.includes(name));
  if (own !== undefined)
    return match[2] === undefined ? { name: own.name } : { name: own.name, argument: match[2] };
  const flow = flows.find(({ command }) => command === name);
  return flow === undefined
    ? undefined
    : { name: 'go', argument: goArgument(flow.name, match[2] ? { said: match[2] } : {}) };
};

/** The argument of a `/go` button: flow and preset; kept short for Telegram's 64 bytes. */
export const goArgument = (flow: string, params: Readonly<Record<string, string>> = {}): string =>
  [flow, new URLSearchParams(params).toString()].filter((part) => part !== '').join(':');

export const readGo = (
  argument: string,
): { readonly flow: string; readonly params: Readonly<Record<string, string>> } => {
  const [flow = '', ...rest] = argument.split(':');
  return { flow, params: Object.fromEntries(new URLSearchParams(rest.join(':'))) };
};

/** The command somebody typed, if it is one. `edit` with an argument may still be an answer: "sửa đường". */
export const typedCommand = (raw: string, flows: readonly Flow[], strict: boolean): Command | undefined => {
  const slash = slashCommand(raw, flows);
  if (slash !== undefined) return slash;
  const marked = foldMarked(raw);
  const typed: Typed = { raw: raw.trim(), marked, bare: toneless(marked), strict };
  const own = TABLE.find(({ words }) => words.some((word) => matches(typed, word)));
  if (own !== undefined) return { name: own.name };
  if (THANKS.test(typed.bare)) return { name: 'thanks' };
  const says = (words: readonly string[] | undefined) => words?.some((word) => matches(typed, word)) === true;
  const entries = flows.flatMap(({ name, menu = [] }) => menu.map((entry) => ({ name, ...entry })));
  const entry = entries.find(({ words }) => says(words));
  if (entry !== undefined) return { name: 'go', argument: goArgument(entry.name, entry.params) };
  const flow = flows.find(({ words }) => says(words));
  return flow === undefined ? withArgument(typed) : { name: 'go', argument: flow.name };
};

/** A shorter single word is part of too many sentences. */
const LONG_WORD = 6;

/**
 * The flow a sentence speaks of ("tôi muốn khai báo y tế"): the one with the longest of its words in it. Only where
 * nothing else is talked about.
 */
export const flowSpokenOf = (raw: string, flows: readonly Flow[]): string | undefined => {
  const sentence = ` ${fold(raw).replace(/[^\p{L}\p{N}]+/gu, ' ')} `;
  const found = flows.flatMap(({ name, words = [] }) =>
    words
      .map(bareWord)
      .filter((word) => (word.includes(' ') || word.length >= LONG_WORD) && sentence.includes(` ${word} `))
      .map((word) => ({ name, length: word.length })),
  );
  return found.sort((a, b) => b.length - a.length)[0]?.name;
};

const isName = (name: string): name is CommandName => NAMES.has(name);

/** The command of a pressed button: "/edit:who.name". */
export const pressedCommand = (id: string): Command | undefined => {
  const match = /^\/([a-z]+)(?::(.*))?$/s.exec(id);
  if (!match?.[1] || !isName(match[1])) return undefined;
  return match[2] === undefined ? { name: match[1] } : { name: match[1], argument: match[2] };
};
