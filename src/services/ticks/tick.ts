import { CronExpressionParser } from 'cron-parser';

/**
 * What is done by the clock. Several processes run it, a crash may cut it off, and it may come late: so it is short,
 * finds what there is to do in the database, and does no harm when it is missed or run twice.
 */
export interface Tick {
  /** Known to agenda and in `ticks` for good. */
  readonly name: string;
  /** Five fields, or six with seconds first, in Vietnam's time. No interval: those drift, and jump after a downtime. */
  readonly cron: string;
  /** ms after its time in which a run that was missed is still worth making up; for ever when not given. */
  readonly usefulFor?: number;
  /**
   * @param since when the last run ended well; absent before the first. All ms since 1970
   * @returns how many it dealt with, or NOT_DUE; anything else where it cannot tell
   */
  run(now: number, since?: number): Promise<unknown>;
}

/** It is not the hour for it: nothing was looked for, and it does not count as a run. */
export const NOT_DUE = 'notDue';

/** What a run did, as far as it can tell. */
export type Did = number | typeof NOT_DUE | undefined;

export type TickTime = Pick<Tick, 'cron' | 'usefulFor'>;

const at = (cron: string, currentDate: number) =>
  CronExpressionParser.parse(cron, { currentDate: new Date(currentDate), tz: ZONE });

/** agenda's own `repeatAt` ignores the zone; cron strings keep it. */
export const ZONE = 'Asia/Ho_Chi_Minh';

/** When it comes next after an instant; all ms since 1970. */
export const nextRun = ({ cron }: TickTime, after: number): number => at(cron, after).next().getTime();

/**
 * Whether a run is missing that would be worth making up. A tick that never ran yet has missed nothing.
 * @param late what was due in so many last ms is not missing yet: it may be under way
 */
export const isMissed = (tick: TickTime, lastBegan: number | undefined, now: number, late = 0): boolean => {
  if (lastBegan === undefined) return false;
  const due = at(tick.cron, now - late)
    .prev()
    .getTime();
  return lastBegan < due && now - due <= (tick.usefulFor ?? Number.POSITIVE_INFINITY);
};
