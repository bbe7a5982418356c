import { type Attachments, fileElsewhere, type Reader } from '../../src/delivery/attachments.ts';
import { sayPlain, sayText } from '../../src/dialogue/plain.ts';
import type { Renderer } from '../../src/dialogue/render.ts';
import { type Choice, type Image, line, type Say } from '../../src/dialogue/say.ts';
import type { Lang } from '../../src/domain/lang.ts';
import { splitText } from '../split.ts';
import { type Abilities, abilitiesOf } from './abilities.ts';
import type { ActivityOut, AttachmentOut, CardAction } from './activity.ts';
import { buttonsCard, type Label, pictureCard, severalCard } from './card.ts';

/** Fits every channel: Telegram's limit is the lowest of those whose limit is known; Teams allows some 28 kB. */
export const TEXT_LENGTH = 4_096;
/** The connector takes 256 kB in one message, and base64 makes a third more of an image. */
const IMAGE_BYTES = 180_000;

export interface RenderParts {
  readonly renderer: Renderer;
  readonly attachments: Attachments;
}

const shortened = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text;

/** The label is shown as what the person said, and is the answer too where the value gets lost on the way. */
const back = (say: Say, choice: Choice, label: string, most: number): CardAction => ({
  type: 'messageBack',
  title: shortened(label, most),
  text: label,
  displayText: label,
  value: { khaibao: { turn: say.turn, id: choice.id } },
});

const labelOf =
  ({ renderer }: RenderParts, lang: Lang): Label =>
  ({ label }) =>
    renderer.value(lang, label);

const suggested = (say: Say, { buttons, label: most }: Abilities, label: Label): readonly CardAction[] =>
  (say.choices ?? []).map((choice) => {
    const words = label(choice);
    return buttons === 'back'
      ? back(say, choice, words, most)
      : { type: 'imBack', title: shortened(words, most), value: words };
  });

type Pressable = Pick<ActivityOut, 'attachments' | 'suggestedActions'>;

const pressable = (say: Say, abilities: Abilities, label: Label): Pressable => {
  const choices = say.choices ?? [];
  if (choices.length === 0 || choices.length > abilities.most) return {};
  if (say.several && abilities.cards) return { attachments: [severalCard(say, choices, label)] };
  if (abilities.buttons === 'card') return { attachments: [buttonsCard(say, choices, label)] };
  // To everybody in the chat, who is one person; the agents SDK refuses a message that does not say it.
  return { suggestedActions: { actions: suggested(say, abilities, label), to: [] } };
};

/** Whether a press brings back what was pressed, so that nothing has to be typed. */
const needsNumbers = ({ choices = [] }: Say, { buttons, most }: Abilities): boolean =>
  buttons === 'typed' || buttons === 'none' || choices.length > most;

const dataUrl = (type: string, bytes: Buffer): string => `data:${type};base64,${bytes.toString('base64')}`;

const picture = async (
  { renderer, attachments }: RenderParts,
  { cutsPictures }: Abilities,
  image: Image,
  reader: Reader,
): Promise<readonly AttachmentOut[]> => {
  const png = await attachments.image(image, reader);
  if (png === null || png.length > IMAGE_BYTES) return [];
  const contentUrl = dataUrl('image/png', png);
  const named = image.kind === 'qr' ? 'QR' : renderer.line(reader.lang, line('report.image'));
  return [
    cutsPictures
      ? pictureCard(contentUrl, named)
      : { contentType: 'image/png', contentUrl, name: 'khaibao.png' },
  ];
};

/** The file on the message, or where it can be had: a channel that takes none says so. */
const fileOf = async (
  { attachments }: RenderParts,
  { files }: Abilities,
  { file }: Say,
  reader: Reader,
): Promise<Pick<Say, 'notes'> & { readonly shown: readonly AttachmentOut[] }> => {
  if (file === undefined) return { notes: [], shown: [] };
  const elsewhere = { notes: [fileElsewhere(file)], shown: [] };
  if (!files) return elsewhere;
  const found = await attachments.file(file, reader);
  if (found === null) return { notes: [], shown: [] };
  if (found.bytes.length > IMAGE_BYTES) return elsewhere;
  const { name, type, bytes } = found;
  return { notes: [], shown: [{ contentType: type, contentUrl: dataUrl(type, bytes), name }] };
};

/** One message as activities: text in parts, the QR and the buttons on the last; buttons in what way the channel can. */
export const activitiesOf = async (
  parts: RenderParts,
  channelId: string,
  reader: Reader,
  given: Say,
): Promise<readonly ActivityOut[]> => {
  const abilities = abilitiesOf(channelId);
  const { lang } = reader;
  const { notes, shown: files } = await fileOf(parts, abilities, given, reader);
  const say = { ...given, notes: [...given.notes, ...notes] };
  const words = needsNumbers(say, abilities) ? sayPlain : sayText;
  const texts = splitText(words(parts.renderer, lang, say), TEXT_LENGTH);
  const images = say.image === undefined ? [] : await picture(parts, abilities, say.image, reader);
  const { attachments = [], ...buttons } = pressable(say, abilities, labelOf(parts, lang));
  const shown = [...images, ...files, ...attachments];
  const common = { type: 'message', textFormat: 'plain', locale: lang } as const;
  const messages = (texts.length === 0 ? [''] : texts).map((text) => ({ ...common, text }));
  const last = { ...messages.at(-1), ...common, ...buttons, ...(shown.length > 0 && { attachments: shown }) };
  const all: readonly ActivityOut[] = [...messages.slice(0, -1), last];
  return all.filter(({ text, attachments: with_ }) => text !== '' || with_ !== undefined);
};
