import { DAY_MS, dayOf } from '../../domain/day.ts';
import type { Counted } from '../../domain/report/counted.ts';
import { reportOf } from '../../domain/report/figures.ts';
import type { Report } from '../../domain/report/report.ts';
import { randomId } from '../../security/random.ts';
import type { Collections } from '../../store/collections.ts';
import { type Effect, insert } from '../../store/effect.ts';
import { available, isDuplicate } from '../../store/errors.ts';
import type { ReportDoc } from '../../store/reports.ts';
import { type CountParts, countDay } from './count.ts';

/** As long as a mailbox keeps the message that carries it. */
const KEPT_MS = 14 * DAY_MS;
/** Whoever asks again so soon is shown the same: nothing is counted twice for two taps. */
const FRESH_MS = 60_000;

/** The counts of a report by its id; null when there is none, or none any more. */
const keptCounts = async (
  { collections }: { readonly collections: Pick<Collections, 'reports'> },
  id: string,
): Promise<Counted | null> => (await available(collections.reports.findOne({ _id: id })))?.counted ?? null;

/** A kept report as one area is told it. */
export const keptReport = async (
  parts: Pick<CountParts, 'home'> & { readonly collections: Pick<Collections, 'reports'> },
  id: string,
  area: string,
): Promise<Report | null> => {
  const counted = await keptCounts(parts, id);
  return counted && reportOf(counted, area, parts.home);
};

/** The counts of a day, counted once: who comes second, in whichever process, gets those of the first. */
export const countsOfDay = async (parts: CountParts, now: number): Promise<Counted> => {
  const day = dayOf(now);
  const kept = await keptCounts(parts, day);
  if (kept !== null) return kept;
  const counted = await countDay(parts, day, now);
  const doc: ReportDoc = { _id: day, until: new Date(counted.until), counted };
  try {
    await available(parts.collections.reports.insertOne(doc));
    return counted;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return (await keptCounts(parts, day)) ?? counted;
  }
};

export interface SoFar {
  readonly id: string;
  readonly counted: Counted;
  readonly effects: readonly Effect[];
}

/** The figures of today so far: those that were just counted for somebody, or new ones, to be kept with the message. */
export const countsSoFar = async (parts: CountParts, now: number): Promise<SoFar> => {
  const fresh = {
    until: { $gt: new Date(now - FRESH_MS), $lte: new Date(now) },
    deleteAt: { $exists: true },
  };
  const found = await available(parts.collections.reports.findOne(fresh));
  if (found !== null && found.counted.day === dayOf(now))
    return { id: found._id, counted: found.counted, effects: [] };
  const counted = await countDay(parts, dayOf(now), now);
  const id = `${counted.day}~${randomId()}`;
  const doc: ReportDoc = { _id: id, until: new Date(now), counted, deleteAt: new Date(now + KEPT_MS) };
  return { id, counted, effects: [insert('reports', doc)] };
};
