import { type Decision, fits, type PassageReason, plateOf } from '../../domain/passage.ts';
import { randomId } from '../../security/random.ts';
import { sealContext } from '../../security/sealer.ts';
import { insert } from '../../store/effect.ts';
import type { PassageDoc } from '../../store/passages.ts';
import { deleteAt } from '../declarations/record.ts';
import type { Service } from '../service.ts';
import type { StaffParts } from '../staff/parts.ts';
import { stationsOf } from './checkpoints.ts';
import { forOfficers } from './officer.ts';
import { type Shown, shownBy } from './shown.ts';

interface Decided {
  readonly checkpoint: string;
  /** null: the traveller has none. */
  readonly code: string | null;
  readonly decision: Decision;
  readonly reason?: PassageReason;
}

/** Of which shape the document is. */
const VERSION = 1;

/** Whose passage it is: kept as long as their declaration, and no longer. */
const whose = (
  { index }: StaffParts,
  { opened }: Shown,
  now: number,
): Pick<PassageDoc, 'declaration' | 'person' | 'plateIndex' | 'deleteAt'> => {
  if (opened === undefined) return { deleteAt: deleteAt(now) };
  const { _id: declaration, person, deleteAt: end } = opened.doc;
  const plate = plateOf(opened.sealed.declared.trip);
  const plateIndex = plate === undefined ? {} : { plateIndex: index('plate', plate) };
  return { declaration, person, ...plateIndex, deleteAt: end };
};

/** Notes what was decided about one traveller, with the tap that decided it: once, however often that is delivered. */
export const recordPassage = (parts: StaffParts): Service =>
  forOfficers(parts, async (actor, args, { now }) => {
    const { checkpoint, code, decision, reason } = args as unknown as Decided;
    const station = stationsOf(parts, actor).find((one) => one.code === checkpoint);
    if (station === undefined) return { value: { is: 'moved' } };
    const shown = await shownBy(parts, code, now);
    if (!fits(decision, shown.standing, reason)) return { value: { is: 'changed' } };
    const id = randomId();
    const passage: PassageDoc = {
      _id: id,
      version: VERSION,
      checkpoint,
      area: station.area,
      officer: actor.id,
      at: new Date(now),
      decision,
      standing: shown.standing,
      ...whose(parts, shown, now),
      sealed: parts.sealer.seal(sealContext('passages', 'sealed', id), { reason: reason ?? null }),
    };
    return { value: { is: 'recorded' }, effects: [insert('passages', passage)] };
  });
