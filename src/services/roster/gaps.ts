import { line } from '../../dialogue/say.ts';
import { ableOf, leadersOf } from '../../domain/roster.ts';
import { type Duty, type Gap, gapsOf } from '../../domain/rosterGaps.ts';
import { available } from '../../store/errors.ts';
import { type Office, tellOnce } from '../alerts/office.ts';
import type { StaffParts } from '../staff/parts.ts';
import { placeOf } from '../staff/record.ts';
import { membersFor, type Reachable } from './members.ts';

const HOUR = 3_600_000;
const AHEAD = 24 * HOUR;
/** An area whose last shift ended longer ago keeps no roster any more. */
const KEPT = 7 * 24 * HOUR;

/** Shifts of people who can be reached: whoever has no chat, or has left, covers nothing. */
const duties = async ({ collections }: StaffParts, now: number): Promise<readonly Duty[]> => {
  const late = [{ until: { $exists: false } }, { until: { $gt: new Date(now - KEPT) } }];
  const shifts = await collections.shifts.find({ $or: late }).toArray();
  const there = {
    _id: { $in: shifts.map(({ staff }) => staff) },
    active: true,
    'chats.0': { $exists: true },
  };
  const ids = new Set((await collections.staff.find(there).toArray()).map(({ _id }) => _id));
  return shifts
    .filter(({ staff }) => ids.has(staff))
    .map(({ area, from, until }) => ({
      area,
      from: from.getTime(),
      ...(until === undefined ? {} : { until: until.getTime() }),
    }));
};

/** Who can fill it: the leaders of the area, and admins. */
const planners = async (parts: StaffParts, area: string, now: number): Promise<readonly Reachable[]> => {
  const all = await membersFor(parts.collections, area, now);
  const ids = new Set([
    ...leadersOf(all, area).map(({ id }) => id),
    ...ableOf(all).flatMap(({ id, role }) => (role === 'admin' ? [id] : [])),
  ]);
  return all.filter(({ id }) => ids.has(id));
};

const gapLine = ({ area, from, until }: Gap) => {
  const values = { place: { place: placeOf(area) }, from: { time: from } };
  return until === undefined
    ? line('roster.gapOpen', values)
    : line('roster.gap', { ...values, until: { time: until } });
};

const idOf = ({ area, since }: Gap): string => `gap:${area}:${since}`;

/** ms; two runs never lie so far apart that began in the same moment. */
const JUST_SEEN = 60_000;

/** Since when each of these gaps is seen (ms), by its id; those that were closed meanwhile are forgotten. */
const seenSince = async (
  { collections: { rosterGaps } }: StaffParts,
  gaps: readonly Gap[],
  now: number,
): Promise<ReadonlyMap<string, number>> => {
  const ids = gaps.map(idOf);
  // One that another run has just seen is not forgotten by an older list.
  const settled = { _id: { $nin: ids }, seenAt: { $lt: new Date(now - JUST_SEEN) } };
  await available(rosterGaps.deleteMany(settled));
  const seen = { $setOnInsert: { seenAt: new Date(now) } };
  const upserts = ids.map((_id) => ({ updateOne: { filter: { _id }, update: seen, upsert: true } }));
  if (upserts.length > 0) await available(rosterGaps.bulkWrite(upserts, { ordered: false }));
  const docs = await available(rosterGaps.find({ _id: { $in: ids } }).toArray());
  return new Map(docs.map(({ _id, seenAt }) => [_id, seenAt.getTime()]));
};

/**
 * Tells the leaders of an area, and admins, of a time in the next 24 hours without anybody on duty; once per gap. One that
 * was closed and is open again, for who filled it has left or can no more be reached, is told again.
 */
export const reportGaps = async (office: Office, now: number): Promise<number> => {
  const { staff } = office;
  const gaps = gapsOf(await duties(staff, now), staff.home, now, AHEAD);
  const seen = await seenSince(staff, gaps, now);
  let told = 0;
  for (const gap of gaps) {
    const members = await planners(staff, gap.area, now);
    const about = `${idOf(gap)}:${seen.get(idOf(gap)) ?? now}`;
    const notes = [gapLine(gap)];
    if (await tellOnce(office, members, { purpose: 'rosterGap', about, at: now, notes })) told += 1;
  }
  return told;
};
