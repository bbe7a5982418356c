import { deliveryRow } from '../../delivery/outboxRow.ts';
import { line } from '../../dialogue/say.ts';
import type { Sealer } from '../../security/sealer.ts';
import { type Effect, insert, update } from '../../store/effect.ts';
import type { ParkedDoc } from '../../store/parked.ts';

/**
 * Words of a person for whoever sent a parked message, on their way to its chat, and the note of who wrote them. When
 * somebody else has answered since it was read, nothing is written.
 */
export const answeringParked = (
  sealer: Pick<Sealer, 'seal'>,
  { _id: id, chat, at, answered = [] }: ParkedDoc,
  text: string,
  by: string,
  now: number,
): readonly Effect[] => {
  const seen = { _id: id, [`answered.${answered.length}`]: { $exists: false } };
  const row = deliveryRow(sealer, {
    purpose: 'parkedAnswer',
    about: id,
    rev: answered.length + 1,
    chat,
    at: now,
    notes: [line('parked.answer', { time: { time: at.getTime() }, answer: text })],
  });
  return [
    update('parked', seen, { $push: { answered: { by, at: new Date(now) } } }, { must: true }),
    insert('deliveries', row),
  ];
};
