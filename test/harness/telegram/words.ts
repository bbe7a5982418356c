import { type Marked, parseHtml } from './html.ts';
import { parseMarkdown } from './markdown.ts';
import { list, type Params, text as textOf } from './params.ts';
import { badRequest } from './refusal.ts';
import type { Content, Entity } from './wire.ts';

/** 1–4096 and 0–1024 UTF-16 code units after entities parsing (Bot API, sendMessage and sendPhoto). */
const LONGEST_TEXT = 4096;
const LONGEST_CAPTION = 1024;

const MODES: ReadonlyMap<string, (source: string) => Marked> = new Map([
  ['html', parseHtml],
  ['markdownv2', parseMarkdown],
]);

const checkedEntities = (text: string, given: readonly unknown[] | undefined): readonly Entity[] =>
  (given ?? []).map((each) => {
    const { type, offset, length } = each as Partial<Entity>;
    if (typeof type !== 'string' || !Number.isInteger(offset) || !Number.isInteger(length))
      throw badRequest("can't parse MessageEntity: type, offset and length are needed");
    const end = (offset as number) + (length as number);
    if ((offset as number) < 0 || end > text.length) throw badRequest('ENTITY_BOUNDS_INVALID');
    return each as Entity;
  });

const marked = (source: string, params: Params, entitiesName: string): Marked => {
  if (/\p{Surrogate}/u.test(source)) throw badRequest('strings must be encoded in UTF-8');
  const mode = textOf(params, 'parse_mode');
  if (mode === undefined || mode === '')
    return { text: source, entities: checkedEntities(source, list(params, entitiesName)) };
  const parse = MODES.get(mode.toLowerCase());
  if (parse === undefined) throw badRequest('unsupported parse_mode');
  return parse(source);
};

/** White space around the text is cut off, and the entities move with it. */
const trimmed = ({ text, entities }: Marked): Marked => {
  const start = text.length - text.trimStart().length;
  const kept = text.trim();
  const moved = entities.map((each) => {
    const from = Math.max(0, each.offset - start);
    const to = Math.min(kept.length, each.offset + each.length - start);
    return { ...each, offset: from, length: to - from };
  });
  return { text: kept, entities: moved.filter(({ length }) => length > 0) };
};

const entitiesField = (name: string, entities: readonly Entity[]): object =>
  entities.length === 0 ? {} : { [name]: entities };

export const textContent = (params: Params): Content => {
  const { text, entities } = trimmed(marked(textOf(params, 'text') ?? '', params, 'entities'));
  if (text === '') throw badRequest('message text is empty');
  if (text.length > LONGEST_TEXT) throw badRequest('message is too long');
  return { text, ...entitiesField('entities', entities) };
};

export const captionContent = (params: Params): Content => {
  const source = textOf(params, 'caption') ?? '';
  const { text, entities } = trimmed(marked(source, params, 'caption_entities'));
  if (text.length > LONGEST_CAPTION) throw badRequest('message caption is too long');
  return text === '' ? {} : { caption: text, ...entitiesField('caption_entities', entities) };
};
