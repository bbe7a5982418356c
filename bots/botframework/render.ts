import { sayPlain, sayText } from '../../src/dialogue/plain.ts';
import type { Renderer } from '../../src/dialogue/render.ts';
import type { Choice, Image, Say } from '../../src/dialogue/say.ts';
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
  /** PNG of a lookup code's QR; null when there is no such declaration any more. */
  readonly qrImage: (code: string) => Promise<Buffer | null>;
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

const picture = async (
  parts: RenderParts,
  { cutsPictures }: Abilities,
  { code }: Image,
): Promise<readonly AttachmentOut[]> => {
  const png = await parts.qrImage(code);
  if (png === null || png.length > IMAGE_BYTES) return [];
  const contentUrl = `data:image/png;base64,${png.toString('base64')}`;
  return [
    cutsPictures ? pictureCard(contentUrl) : { contentType: 'image/png', contentUrl, name: 'khaibao.png' },
  ];
};

/** One message as activities: text in parts, the QR and the buttons on the last; buttons in what way the channel can. */
export const activitiesOf = async (
  parts: RenderParts,
  channelId: string,
  lang: Lang,
  say: Say,
): Promise<readonly ActivityOut[]> => {
  const abilities = abilitiesOf(channelId);
  const words = needsNumbers(say, abilities) ? sayPlain : sayText;
  const texts = splitText(words(parts.renderer, lang, say), TEXT_LENGTH);
  const images = say.image === undefined ? [] : await picture(parts, abilities, say.image);
  const { attachments = [], ...buttons } = pressable(say, abilities, labelOf(parts, lang));
  const shown = [...images, ...attachments];
  const common = { type: 'message', textFormat: 'plain', locale: lang } as const;
  const messages = (texts.length === 0 ? [''] : texts).map((text) => ({ ...common, text }));
  const last = { ...messages.at(-1), ...common, ...buttons, ...(shown.length > 0 && { attachments: shown }) };
  const all: readonly ActivityOut[] = [...messages.slice(0, -1), last];
  return all.filter(({ text, attachments: with_ }) => text !== '' || with_ !== undefined);
};
