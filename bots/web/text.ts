import type { Line, Value } from '../../src/dialogue/say.ts';
import { escapeHtml, type Html, trusted } from '../../web/html.ts';

/**
 * Web addresses, and the phone numbers of Vietnam that a phone can call: mobile (0 and nine digits), landline
 * (0 and ten), the same from +84, and hotlines (1800, 1900 and four). A citizen's number has twelve digits.
 */
const LINKS =
  /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)]|(?<!\w)(?:(?:\+84|0)(?:[ .]?\d){9,10}|1[89]00(?:[ .]?\d){4})(?![ .]?\d|\w)/g;

const linked = (found: string): string => {
  const href = found.startsWith('http') ? found : `tel:${found.replace(/[ .]/g, '')}`;
  return `<a href="${escapeHtml(href)}">${escapeHtml(found)}</a>`;
};

const stringsIn = (value: Value): readonly string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object') return [];
  if ('list' in value) return value.list.flatMap(stringsIn);
  return 'key' in value ? Object.values(value.values ?? {}).flatMap(stringsIn) : [];
};

/**
 * A sentence of ours in which what can be opened or called is a link: what was put into it, not what it says by
 * itself, because a number there is an example.
 */
export const withLinks = (sentence: string, line: Line): Html => {
  const given = stringsIn(line);
  let done = 0;
  let markup = '';
  for (const match of sentence.matchAll(LINKS)) {
    if (!given.some((value) => value.includes(match[0]))) continue;
    markup += escapeHtml(sentence.slice(done, match.index)) + linked(match[0]);
    done = match.index + match[0].length;
  }
  return trusted(markup + escapeHtml(sentence.slice(done)));
};
