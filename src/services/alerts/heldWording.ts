import { line } from '../../dialogue/say.ts';
import { placeOf } from '../staff/record.ts';
import type { Repeat, Wording } from './bundle.ts';
import { countdown } from './countdown.ts';
import { alertButtons, maskedCard, maskedPerson } from './lines.ts';
import { tell } from './tell.ts';

/** An alert that stands still with its owner. */
export interface HeldRepeat extends Repeat {
  /** Of its owner. */
  readonly name: string;
  /** What its owner did last, and when (ms since 1970). */
  readonly phase: 'claimed' | 'called';
  readonly since: number;
}

/** To its owner a reminder, to others what they may do about it; to nobody more of the person than the mask. */
export const HELD: Wording<HeldRepeat> = {
  purpose: 'alertHeldBundle',
  head: 'alertHeld.head',
  item: ({ opened, name, phase, since }) =>
    line(`alertHeld.item.${phase}`, {
      level: line(`level.${opened.alert.level}`),
      who: maskedPerson(opened.body.declared.person),
      place: { place: placeOf(opened.alert.area) },
      name,
      time: { time: since },
    }),
  alone: (parts, { opened, name, phase, since }, member, now) => {
    const { alert } = opened;
    const key = alert.owner === member.id ? `alert.held.${phase}` : `alert.stalled.${phase}`;
    return tell(parts, [member], {
      purpose: 'alertHeld',
      about: alert.id,
      rev: alert.rev,
      at: now,
      notes: [
        line(key, { name, time: { time: since } }),
        ...maskedCard(opened),
        ...countdown(parts, opened, now),
      ],
      choices: alertButtons(alert, member.id),
    });
  },
};
