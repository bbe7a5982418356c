import { type Line, line } from '../../dialogue/say.ts';
import { DAY_MS } from '../../domain/day.ts';
import type { Json } from '../../domain/json.ts';
import { covers, handlesAlerts } from '../../domain/roster.ts';
import { available } from '../../store/errors.ts';
import { maskedPerson } from '../alerts/lines.ts';
import type { Service } from '../service.ts';
import type { StaffParts } from '../staff/parts.ts';
import type { StaffMember } from '../staff/record.ts';
import { checkpointName } from './checkpoints.ts';
import { forOfficers } from './officer.ts';
import { type Shown, shownBy } from './shown.ts';

/** How the code stands, and the masked name: enough to ask the traveller for theirs, not enough to know who it is. */
const standing = ({ standing: is, opened }: Shown): Line => {
  if (opened === undefined) return line(`passage.seen.${is}`);
  const { doc, sealed } = opened;
  const until = { time: doc.validUntil.getTime() };
  return line(`passage.seen.${is}`, { who: maskedPerson(sealed.declared.person), until });
};

/** The risk is for those alerts of the place are for. */
const risk = ({ role, area }: StaffMember, { opened }: Shown): readonly Line[] =>
  opened !== undefined && handlesAlerts(role) && covers(area, opened.doc.area)
    ? [line('passage.level', { level: line(`level.${opened.doc.level}`) })]
    : [];

/** What was noted of them in the last day: a second tap, or a colleague's, would count them twice. */
const noted = async (
  { collections }: StaffParts,
  { area }: StaffMember,
  { opened }: Shown,
  now: number,
): Promise<readonly Line[]> => {
  if (opened === undefined) return [];
  const lately = { declaration: opened.doc._id, at: { $gt: new Date(now - DAY_MS) } };
  const last = await available(collections.passages.findOne(lately, { sort: { at: -1 } }));
  if (last === null || !covers(area, last.area)) return [];
  const decision = line(`passage.decision.${last.decision}`);
  const checkpoint = { named: checkpointName(last.checkpoint) };
  return [line('passage.noted', { time: { time: last.at.getTime() }, checkpoint, decision })];
};

/** What an officer may see of a code. */
export const lookAtCode = (parts: StaffParts): Service =>
  forOfficers(parts, async (actor, args, { now }) => {
    const shown = await shownBy(parts, (args as { code: string | null }).code, now);
    const lines = [standing(shown), ...risk(actor, shown), ...(await noted(parts, actor, shown, now))];
    return { value: { is: 'seen', standing: shown.standing, lines } as unknown as Json };
  });
