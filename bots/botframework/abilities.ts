/** What one of Microsoft's channels shows. */
export interface Abilities {
  /**
   * Buttons that bring back which question they belong to; buttons that only type their label; buttons on a card;
   * or none, so that choices are numbered in the text.
   */
  readonly buttons: 'back' | 'typed' | 'card' | 'none';
  /** With more, the choices are numbered in the text. */
  readonly most: number;
  /** Longest label of a button. */
  readonly label: number;
  /** Adaptive Cards, with boxes to tick. */
  readonly cards: boolean;
  /** Pictures are cut to the height of a bubble, so that a QR is whole on a card only. */
  readonly cutsPictures?: true;
  /** Files come as a link to save. Teams, Slack and the like take none that way. */
  readonly files: boolean;
  /** A message can be changed after it was sent. */
  readonly edits: boolean;
}

/** Microsoft's Web Chat client, wherever it stands. */
const page: Abilities = {
  buttons: 'back',
  most: 100,
  label: 100,
  cards: true,
  cutsPictures: true,
  files: true,
  edits: false,
};
const plain: Abilities = { buttons: 'none', most: 0, label: 0, cards: false, files: false, edits: false };

/**
 * Counts of suggested actions are those of the SDK's own table (`botbuilder-dialogs/src/choices/channel.ts`); of
 * titles, Facebook's and LINE's limit for quick replies. Whoever is not here gets plain text, which all can show.
 */
const CHANNELS: Readonly<Record<string, Abilities>> = {
  webchat: page,
  directline: page,
  emulator: page,
  test: page,
  msteams: { buttons: 'card', most: 100, label: 100, cards: true, files: false, edits: true },
  slack: { buttons: 'typed', most: 100, label: 75, cards: false, files: false, edits: true },
  telegram: { buttons: 'typed', most: 100, label: 100, cards: false, files: false, edits: false },
  facebook: { buttons: 'typed', most: 10, label: 20, cards: false, files: false, edits: false },
  line: { buttons: 'typed', most: 13, label: 20, cards: false, files: false, edits: false },
};

export const abilitiesOf = (channelId: string): Abilities =>
  (Object.hasOwn(CHANNELS, channelId) ? CHANNELS[channelId] : undefined) ?? plain;
