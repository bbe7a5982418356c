import type { Marked } from './html.ts';
import { badRequest } from './refusal.ts';
import type { Entity } from './wire.ts';

/** Marks of MarkdownV2 (Bot API, "MarkdownV2 style"), longest first, and what each becomes. */
const MARKS: readonly (readonly [string, string, string])[] = [
  ['```', 'pre', 'Pre'],
  ['||', 'spoiler', 'Spoiler'],
  ['__', 'underline', 'Underline'],
  ['*', 'bold', 'Bold'],
  ['_', 'italic', 'Italic'],
  ['~', 'strikethrough', 'Strikethrough'],
  ['`', 'code', 'Code'],
];
/** Characters that must be escaped wherever they mean nothing. */
const RESERVED = '_*[]()~`>#+-=|{}.!';

interface Open {
  readonly mark: string;
  readonly type: string;
  readonly name: string;
  readonly at: number;
  readonly byte: number;
}

const parseError = (words: string): Error => badRequest(`can't parse entities: ${words}`);

const reserved = (char: string): Error =>
  parseError(`Character '${char}' is reserved and must be escaped with the preceding '\\'`);

/** parse_mode MarkdownV2, without block quotations and custom emoji: nobody here uses them, and they are refused. */
export const parseMarkdown = (source: string): Marked => {
  let text = '';
  const stack: Open[] = [];
  const entities: Entity[] = [];
  const close = (extra: Partial<Entity> = {}): void => {
    const open = stack.pop();
    if (open === undefined || open.at === text.length) return;
    entities.push({ type: open.type, offset: open.at, length: text.length - open.at, ...extra });
  };
  const link = (at: number): number => {
    const address = /^\]\(((?:\\.|[^\\)])*)\)/.exec(source.slice(at));
    if (address === null) throw reserved(']');
    close({ url: (address[1] ?? '').replace(/\\(.)/g, '$1') });
    return at + address[0].length;
  };
  const open = (mark: string, type: string, name: string, at: number): number => {
    const byte = Buffer.byteLength(source.slice(0, at));
    stack.push({ mark, type, name, at: text.length, byte });
    return at + mark.length;
  };
  const step = (at: number): number => {
    const char = source.charAt(at);
    const verbatim = stack.at(-1)?.type === 'code' || stack.at(-1)?.type === 'pre';
    if (char === '\\' && at + 1 < source.length) {
      text += source.charAt(at + 1);
      return at + 2;
    }
    const found = MARKS.find(([mark]) => source.startsWith(mark, at));
    const inner = stack.at(-1);
    if (found !== undefined && inner?.mark === found[0]) {
      close();
      return at + found[0].length;
    }
    if (!verbatim) {
      if (found !== undefined) return open(...found, at);
      if (char === '[') return open('[', 'text_link', 'TextUrl', at);
      if (char === ']' && inner?.mark === '[') return link(at);
      if (RESERVED.includes(char)) throw reserved(char);
    }
    text += char;
    return at + 1;
  };
  for (let at = 0; at < source.length; ) at = step(at);
  const left = stack.at(-1);
  if (left !== undefined)
    throw parseError(`Can't find end of ${left.name} entity at byte offset ${left.byte}`);
  return { text, entities: entities.sort((a, b) => a.offset - b.offset) };
};
