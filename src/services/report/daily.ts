import { heldBy, lastRestore, type Restore } from '../../delivery/outboxEpoch.ts';
import { type Choice, line, type ReportRef } from '../../dialogue/say.ts';
import { dayOf, startOfDay } from '../../domain/day.ts';
import type { Counted } from '../../domain/report/counted.ts';
import { reportOf } from '../../domain/report/figures.ts';
import { type Office, tellOnce } from '../alerts/office.ts';
import type { Telling } from '../alerts/tell.ts';
import { membersFor, type Reachable } from '../roster/members.ts';
import { placeOf } from '../staff/record.ts';
import { type Did, NOT_DUE } from '../ticks/tick.ts';
import { countsOfDay } from './keep.ts';
import { reportLines } from './lines.ts';

const MINUTE = 60_000;
/** 16:30 and 22:00 in Vietnam, from midnight on: not before its time, whoever runs it, and not in the night. */
export const REPORT_FROM = (16 * 60 + 30) * MINUTE;
export const REPORT_UNTIL = 22 * 60 * MINUTE;

/** A message and a file: two of what a platform lets through. */
const COST = 2;

/** What a report of these counts says, for one area, with its chart and its file. */
export const carrying = (report: string, day: string, area: string) => {
  const ref: ReportRef = { report, day, area };
  return { image: { kind: 'chart', ...ref }, file: { kind: 'report', ...ref } } as const;
};

/** How its reader stops it: only under the one that comes by itself. */
const STOP: Choice = { id: '/go:stopReminders:what=report', label: line('stopReminders.go.report') };

/** One that was due before a backup was restored may have been told: it is held. */
const held = ({ day }: Counted, restore: Restore | undefined) =>
  heldBy(restore, startOfDay(day) + REPORT_FROM);

const telling = (counted: Counted, area: string, home: string, at: number): Omit<Telling, 'rev'> => ({
  purpose: 'dailyReport',
  about: `report:${counted.day}:${placeOf(area)}`,
  at,
  cost: COST,
  notes: [...reportLines(reportOf(counted, area, home), home), line('report.stop')],
  choices: [STOP],
  ...carrying(counted.day, counted.day, area),
});

/** Each leader gets the figures of their own area, in one message. */
const tellLeaders = async (
  office: Office,
  leaders: readonly Reachable[],
  counted: Counted,
  now: number,
): Promise<number> => {
  const { home, collections } = office.staff;
  const restored = held(counted, await lastRestore(collections));
  let told = 0;
  for (const area of new Set(leaders.map((leader) => leader.area))) {
    const there = leaders.filter((leader) => leader.area === area);
    const report = { ...telling(counted, area, home, now), ...restored };
    if (await tellOnce(office, there, report)) told += there.length;
  }
  return told;
};

/**
 * The report of today to the leaders, once a day however often it is run. Counted and kept first: what a crash left
 * untold is told with the same figures by the next run. Returns how many leaders.
 */
export const sendDailyReport = async (office: Office, now: number): Promise<Did> => {
  const since = now - startOfDay(dayOf(now));
  if (since < REPORT_FROM || since >= REPORT_UNTIL) return NOT_DUE;
  const { collections, home } = office.staff;
  const all = await membersFor(collections, home, now);
  const counted = await countsOfDay({ collections, home }, now);
  const leaders = all.filter(({ role, reachable }) => role === 'leader' && reachable);
  return tellLeaders(office, leaders, counted, now);
};
