import { badRequest } from './refusal.ts';
import type { Entity } from './wire.ts';

export interface Marked {
  readonly text: string;
  readonly entities: readonly Entity[];
}

/** Tags of parse_mode HTML (Bot API, "HTML style") and the entity each becomes. */
const TAGS: ReadonlyMap<string, string> = new Map([
  ['b', 'bold'],
  ['strong', 'bold'],
  ['i', 'italic'],
  ['em', 'italic'],
  ['u', 'underline'],
  ['ins', 'underline'],
  ['s', 'strikethrough'],
  ['strike', 'strikethrough'],
  ['del', 'strikethrough'],
  ['span', 'spoiler'],
  ['tg-spoiler', 'spoiler'],
  ['a', 'text_link'],
  ['code', 'code'],
  ['pre', 'pre'],
  ['blockquote', 'blockquote'],
]);

const NAMED: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
]);

/** `&lt;` and the like; anything else that begins with & stands for itself, as with Telegram. */
const unescaped = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, (whole, dec, hex, name) => {
    if (name !== undefined) return NAMED.get(String(name)) ?? whole;
    return String.fromCodePoint(dec === undefined ? Number.parseInt(hex, 16) : Number(dec));
  });

interface Open {
  readonly tag: string;
  readonly at: number;
  readonly url?: string;
}

const parseError = (words: string): Error => badRequest(`can't parse entities: ${words}`);
const PIECE = /<(\/?)([^\s<>/]*)([^<>]*)(>?)|[^<]+/gy;

const opened = (tag: string, rest: string, at: number, byte: number): Open => {
  if (!TAGS.has(tag)) throw parseError(`Unsupported start tag "${tag}" at byte offset ${byte}`);
  if (tag === 'span' && !/class="tg-spoiler"/.test(rest))
    throw parseError(`Tag "span" must have class "tg-spoiler" at byte offset ${byte}`);
  const url = tag === 'a' ? /href="([^"]*)"/.exec(rest)?.[1] : undefined;
  return { tag, at, ...(url === undefined ? {} : { url: unescaped(url) }) };
};

const closed = (open: Open | undefined, tag: string, end: number, byte: number): Entity[] => {
  if (open === undefined) throw parseError(`Unexpected end tag at byte offset ${byte}`);
  if (tag !== '' && tag !== open.tag)
    throw parseError(
      `Unmatched end tag at byte offset ${byte}, expected "</${open.tag}>", found "</${tag}>"`,
    );
  const type = TAGS.get(open.tag) ?? open.tag;
  // A link without an address, and a mark around nothing, leave no entity.
  if (end === open.at || (open.tag === 'a' && open.url === undefined)) return [];
  return [
    {
      type,
      offset: open.at,
      length: end - open.at,
      ...(open.url === undefined ? {} : { url: open.url }),
    },
  ];
};

/** parse_mode HTML. Error texts as reported in public issues (teloxide #549, teknologi-umum/bot #87). */
export const parseHtml = (source: string): Marked => {
  let text = '';
  const stack: Open[] = [];
  const entities: Entity[] = [];
  for (const piece of source.matchAll(PIECE)) {
    const [whole, slash, name, rest, end] = piece;
    const byte = Buffer.byteLength(source.slice(0, piece.index));
    if (name === undefined) {
      text += unescaped(whole);
      continue;
    }
    const tag = name.toLowerCase();
    if (end !== '>')
      throw parseError(`Unclosed ${slash === '/' ? 'end' : 'start'} tag at byte offset ${byte}`);
    if (slash === '/') entities.push(...closed(stack.pop(), tag, text.length, byte));
    else stack.push(opened(tag, rest ?? '', text.length, byte));
  }
  const left = stack.at(-1);
  if (left !== undefined) throw parseError(`Can't find end tag corresponding to start tag "${left.tag}"`);
  return { text, entities: entities.sort((a, b) => a.offset - b.offset) };
};
