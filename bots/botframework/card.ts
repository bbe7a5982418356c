import { DONE, NONE } from '../../src/dialogue/question/choice.ts';
import type { Choice, Say } from '../../src/dialogue/say.ts';
import type { AttachmentOut } from './activity.ts';

/** Teams shows no more buttons than this in one row of them. */
const ROW = 6;

/** Writes a choice's label in the language of the moment. */
export type Label = (choice: Choice) => string;

const card = (body: readonly unknown[]): AttachmentOut => ({
  contentType: 'application/vnd.microsoft.card.adaptive',
  content: {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.3',
    body,
  },
});

/** Wide enough for a camera, and whole on a small phone. */
const PICTURE_WIDTH = '280px';

/** A picture that nobody cuts. */
export const pictureCard = (url: string, altText: string): AttachmentOut =>
  card([{ type: 'Image', url, altText, width: PICTURE_WIDTH, horizontalAlignment: 'Center' }]);

/** In Teams a press is shown as the person's own words; elsewhere `msteams` means nothing. */
const submit = (say: Say, label: Label, choice: Choice, sendsTicks = false) => ({
  type: 'Action.Submit',
  title: label(choice),
  ...(sendsTicks ? {} : { associatedInputs: 'none' }),
  data: {
    khaibao: { turn: say.turn, id: choice.id },
    msteams: { type: 'messageBack', text: label(choice), displayText: label(choice) },
  },
});

const rows = (actions: readonly unknown[]): readonly unknown[] =>
  Array.from({ length: Math.ceil(actions.length / ROW) }, (_, row) => ({
    type: 'ActionSet',
    actions: actions.slice(row * ROW, (row + 1) * ROW),
  }));

/** Buttons on a card, where there are no suggested actions. */
export const buttonsCard = (say: Say, choices: readonly Choice[], label: Label): AttachmentOut =>
  card(rows(choices.map((choice) => submit(say, label, choice))));

/** Boxes to tick and a button that sends them; "none of these" and the controls send nothing of what is ticked. */
export const severalCard = (say: Say, choices: readonly Choice[], label: Label): AttachmentOut => {
  const ticks = choices.filter(({ id, control }) => !control && id !== NONE);
  const others = choices.filter((choice) => !ticks.includes(choice));
  const boxes = {
    type: 'Input.ChoiceSet',
    id: 'picks',
    isMultiSelect: true,
    style: 'expanded',
    wrap: true,
    value: ticks.flatMap(({ id, picked }) => (picked ? [id] : [])).join(','),
    choices: ticks.map((choice) => ({ title: label(choice), value: choice.id })),
  };
  return card([boxes, ...rows(others.map((choice) => submit(say, label, choice, choice.id === DONE)))]);
};
