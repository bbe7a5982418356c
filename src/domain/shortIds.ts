import { ALPHABET, CODE_LENGTH, unmistaken } from './base32.ts';

/** Characters that are looked at: fewer would name the wrong one by a slip of the hand. */
const FEWEST = 4;

/** An id in characters that can be copied, read aloud and typed. Ids are random, so codes are as unlike as they are. */
const codeOf = (id: string): string =>
  [...id].map((character) => ALPHABET[character.charCodeAt(0) % ALPHABET.length]).join('');

/** Short names for ids: of one length, no two alike as long as the ids are there. An id may begin with '-', a name never does. */
export const shortIds = (ids: readonly string[]): ReadonlyMap<string, string> => {
  const codes = ids.map(codeOf);
  const longest = Math.max(...codes.map((code) => code.length));
  const cut = (length: number): readonly string[] => codes.map((code) => code.slice(0, length));
  let length = CODE_LENGTH;
  while (length < longest && new Set(cut(length)).size < ids.length) length += 1;
  const names = cut(length);
  return new Map(ids.map((id, n) => [id, names[n] ?? '']));
};

/** The ids that somebody may mean: by the beginning of their short name, in any case and grouping. */
export const idsMeant = (ids: readonly string[], typed: string): readonly string[] => {
  const name = unmistaken(typed);
  return name.length < FEWEST ? [] : ids.filter((id) => codeOf(id).startsWith(name));
};
