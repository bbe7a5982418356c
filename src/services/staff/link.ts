import { type CampaignActor, mayCampaign } from '../../domain/campaign/states.ts';
import { postOf } from '../../domain/facility.ts';
import { checksPassages, handlesAlerts, readsReports } from '../../domain/roster.ts';
import { CODE_TRIES, recentTries, TRIES_WINDOW } from '../../domain/rosterCode.ts';
import { UNWANTED, unwantedIn, withoutStop } from '../../domain/unasked.ts';
import { randomId } from '../../security/random.ts';
import { type Effect, insert, update } from '../../store/effect.ts';
import type { StaffDoc } from '../../store/staff.ts';
import { waitingFor } from '../alerts/inbox.ts';
import { releaseAlerts } from '../alerts/release.ts';
import { NO_CHECKPOINT } from '../passages/officer.ts';
import { endShifts, runningShifts } from '../roster/members.ts';
import type { Service, ServiceContext, ServiceResult } from '../service.ts';
import { actorOf, stranger } from './actor.ts';
import type { StaffParts } from './parts.ts';
import { openStaff, placeOf, type StaffMember, shownPost } from './record.ts';

/** Chats of one person: a telephone, a computer, and the one before. */
const CHATS_KEPT = 3;
const MINUTE = 60_000;

const triesOf = ({ memory, now }: ServiceContext): readonly number[] => {
  const tries = memory.linkTries;
  return Array.isArray(tries) ? recentTries(tries.map(Number), now) : [];
};

/** The invitation a code belongs to, if it is still good, and the staff member it is for. */
const invited = async ({ collections, index }: StaffParts, code: string, now: number) => {
  const found = await collections.invitations.findOne({
    _id: index('invitation', code),
    usedAt: { $exists: false },
    expiresAt: { $gt: new Date(now) },
  });
  const doc = found && (await collections.staff.findOne({ _id: found.staff, active: true }));
  return found && doc ? { invitation: found._id, doc } : null;
};

/** A chat is one person's at a time. */
const taken = async ({ collections }: StaffParts, chat: string, by: string): Promise<readonly Effect[]> => {
  const others = await collections.staff.find({ chats: chat, _id: { $ne: by } }).toArray();
  return others.map(({ _id }) => update('staff', { _id }, { $pull: { chats: chat } }));
};

const linked = ({ _id, chats }: StaffDoc, chat: string): Effect => {
  const next = [chat, ...chats.filter((one) => one !== chat)].slice(0, CHATS_KEPT);
  return update('staff', { _id, active: true, chats }, { $set: { chats: next } }, { must: true });
};

/** Who stands on duty by their role begins at once; whoever is on duty already stays. */
const begun = async (
  { collections }: StaffParts,
  member: StaffMember,
  now: number,
): Promise<readonly Effect[]> => {
  const { id, role } = member;
  if (role !== 'duty') return [];
  const running = await collections.shifts.findOne({ staff: id, ...runningShifts(now) });
  if (running !== null) return [];
  return [insert('shifts', { _id: randomId(), staff: id, ...postOf(member), from: new Date(now) })];
};

const refused = (tries: readonly number[], now: number): ServiceResult => {
  const all = [...tries, now];
  return { value: { is: 'wrong', left: Math.max(0, CODE_TRIES - all.length) }, remember: { linkTries: all } };
};

/** Whether the report, the campaigns and the checkpoint stand in the menu: a hint only, for what is shown asks the database. */
const menuOf = ({ id, role, area }: CampaignActor, home: string) => ({
  reports: readsReports(role) ? true : null,
  campaigns: mayCampaign({ id, role, area }, home) ? true : null,
  ...(checksPassages(role) ? { checkpoints: true } : NO_CHECKPOINT),
});

/** A report that was stopped here was not that of the duty which begins now: whoever takes it up gets what belongs to it. */
const withReport = (memory: ServiceContext['memory']) =>
  unwantedIn(memory).includes('report') ? { [UNWANTED]: [...withoutStop(memory, 'report')] } : {};

/** Links a chat to the staff member whose one-time code was typed. Wrong, used, late and unknown codes look alike. */
export const linkStaff =
  (parts: StaffParts): Service =>
  async (args, context) => {
    const { chat, now } = context;
    const tries = triesOf(context);
    if (tries.length >= CODE_TRIES) {
      const minutes = Math.ceil(((tries[0] ?? now) + TRIES_WINDOW - now) / MINUTE);
      return { value: { is: 'tooMany', minutes } };
    }
    const found = await invited(parts, (args as { code: string }).code, now);
    if (found === null) return refused(tries, now);
    const member = await openStaff(parts, found.doc);
    const used = { usedAt: { $exists: false }, expiresAt: { $gt: new Date(now) } };
    const { open } = await waitingFor(parts, member);
    const { id, name, role, area } = member;
    return {
      value: { is: 'linked', name, role, place: placeOf(area), onDuty: role === 'duty', open },
      remember: { staff: id, linkTries: null, ...menuOf(member, parts.home), ...withReport(context.memory) },
      effects: [
        update(
          'invitations',
          { _id: found.invitation, ...used },
          { $set: { usedAt: new Date(now) } },
          { must: true },
        ),
        linked(found.doc, chat),
        ...(await taken(parts, chat, id)),
        ...(await begun(parts, member, now)),
      ],
    };
  };

/** Takes this chat off its staff member. With the last chat the shift ends, and alerts they had are open again. */
export const unlinkStaff =
  (parts: StaffParts): Service =>
  async (_args, context) => {
    const actor = await actorOf(parts, context);
    if (actor === null) return stranger;
    const { chat, now } = context;
    const last = actor.chats.every((one) => one === chat);
    const left = last
      ? [...(await endShifts(parts, actor.id, now)), ...(await releaseAlerts(parts, actor.id, now))]
      : [];
    return {
      value: { is: 'unlinked' },
      remember: { staff: null, ...NO_CHECKPOINT },
      effects: [update('staff', { _id: actor.id }, { $pull: { chats: chat } }), ...left],
    };
  };

/** Who this chat belongs to. */
export const staffState =
  (parts: StaffParts): Service =>
  async (_args, context) => {
    const actor = await actorOf(parts, context);
    if (actor === null) return stranger;
    const running = await parts.collections.shifts.findOne({
      staff: actor.id,
      ...runningShifts(context.now),
    });
    const { open, mine } = await waitingFor(parts, actor);
    return {
      value: {
        is: 'known',
        name: actor.name,
        role: actor.role,
        ...shownPost(running ?? actor),
        may: handlesAlerts(actor.role),
        since: running === null ? null : running.from.getTime(),
        open,
        mine,
      },
      remember: menuOf(actor, parts.home),
    };
  };
