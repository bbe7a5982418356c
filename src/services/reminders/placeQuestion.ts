import { deliveryRow, type Message } from '../../delivery/outboxRow.ts';
import { type Choice, type Line, line } from '../../dialogue/say.ts';
import { byPlace, type Stayer } from '../../domain/reminders/movement.ts';
import type { DeclarationDoc } from '../../store/declarations.ts';
import type { StaffParts } from '../staff/parts.ts';
import { aboutPlaces, revOfDay } from './rows.ts';

/** A declaration and who stays where by it. */
export interface Staying {
  readonly doc: DeclarationDoc;
  readonly stayer: Stayer;
}

const go = (to: string, label: string): Choice => ({ id: `/go:${to}`, label: line(label) });

/** With one declaration its buttons lead right into it; with several the update asks which. */
const buttons = (docs: readonly DeclarationDoc[]): readonly Choice[] => {
  const [only, ...others] = docs;
  const of = only !== undefined && others.length === 0 ? `id=${only._id}&` : '';
  return [
    go('stillHere', 'movement.still'),
    go(`update:${of}change=place`, 'movement.moved'),
    go(`update:${of}change=symptoms`, 'movement.symptoms'),
    go('stopReminders:what=movement', 'stopReminders.go'),
  ];
};

/** Of oneself without a name; of everybody else by their names: the answer must not be about the one who reads it. */
const questions = (stayers: readonly Stayer[]): readonly Line[] =>
  byPlace(stayers).map(([place, names]) =>
    stayers.length === 1 && stayers[0]?.own === true
      ? line('movement.ask', { place: { place } })
      : line('movement.askAll', { names: { list: names }, place: { place } }),
  );

/** What a chat is asked, of everybody at once. */
export const placeQuestion = (
  { sealer }: Pick<StaffParts, 'sealer'>,
  chat: string,
  all: readonly Staying[],
  when: Pick<Message, 'at' | 'heldBy'>,
) =>
  deliveryRow(sealer, {
    ...when,
    purpose: 'movementReminder',
    about: aboutPlaces(chat),
    rev: revOfDay(when.at),
    chat,
    notes: questions(all.map(({ stayer }) => stayer)),
    choices: buttons(all.map(({ doc }) => doc)),
  });
