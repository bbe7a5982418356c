import { exercisingSince } from '../../dialogue/exercise.ts';
import type { Json } from '../../domain/json.ts';
import { reportOf } from '../../domain/report/figures.ts';
import { readsReports } from '../../domain/roster.ts';
import type { Service } from '../service.ts';
import { actorOf, stranger } from '../staff/actor.ts';
import type { StaffParts } from '../staff/parts.ts';
import { carrying } from './daily.ts';
import { countsSoFar } from './keep.ts';
import { reportLines } from './lines.ts';

/**
 * Today's figures so far, for the area of the leader who asks. In an exercise without chart and file: those are made from
 * what is kept for real.
 */
export const showReport =
  (parts: StaffParts): Service =>
  async (_args, context) => {
    const actor = await actorOf(parts, context);
    if (actor === null) return stranger;
    if (!readsReports(actor.role)) return { value: { is: 'notAllowed' }, remember: { reports: null } };
    const { id, counted, effects } = await countsSoFar(parts, context.now);
    const lines = reportLines(reportOf(counted, actor.area, parts.home), parts.home);
    const practised = exercisingSince(context.memory) !== undefined;
    const carried = practised ? {} : carrying(id, counted.day, actor.area);
    return {
      value: { is: 'report', lines, ...carried } as unknown as Json,
      remember: { reports: true },
      effects,
    };
  };
