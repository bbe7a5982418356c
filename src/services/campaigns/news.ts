import type { Choice, Line } from '../../dialogue/say.ts';
import { line } from '../../dialogue/say.ts';
import { goArgument } from '../../dialogue/words.ts';
import type { CampaignDay } from '../../domain/campaign/days.ts';
import { available } from '../../store/errors.ts';
import { type Office, tellOnce } from '../alerts/office.ts';
import { tell } from '../alerts/tell.ts';
import { membersFor, type Reachable } from '../roster/members.ts';
import { occurrenceId } from './parts.ts';
import type { Campaign } from './record.ts';
import { reportOf, resultLines } from './report.ts';
import { writtenOnce } from './rows.ts';
import { figuresOf } from './settle.ts';

const showButton = (id: string): Choice => ({
  id: `/go:${goArgument('campaign', { id })}`,
  label: line('campaign.do.show'),
});

/** Who wrote it and who approved it. */
const senders = async ({ staff }: Office, { doc }: Campaign, now: number): Promise<readonly Reachable[]> => {
  const all = await membersFor(staff.collections, staff.home, now);
  return all.filter(({ id, reachable }) => reachable && (id === doc.author || id === doc.approver));
};

/** That a day begins, or could not, or is not sent again after a restore; once, whichever process finds it. */
export const tellOfDay = async (
  office: Office,
  campaign: Campaign,
  { day, dueAt, endsAt }: CampaignDay,
  what: 'planned' | 'missed' | 'restored',
  now: number,
): Promise<void> => {
  const id = campaign.doc._id;
  const values = { id, date: { date: day }, from: { time: Math.max(dueAt, now) }, to: { time: endsAt } };
  const notes = [line(`campaign.day.${what}`, values)];
  const telling = { about: occurrenceId(id, day), at: now, notes, choices: [showButton(id)] };
  const purpose = what === 'planned' ? 'campaignBegun' : 'campaignNews';
  await tellOnce(office, await senders(office, campaign, now), { ...telling, purpose });
};

export interface Progress {
  readonly total: number;
  readonly sent: number;
  readonly left: number;
  readonly failed: number;
  /** Left out on purpose: they have declared, want no such messages, or the campaign was stopped. */
  readonly kept: number;
}

/** Figures of a day as they stand: what is not under way and was not sent has failed, or was not wanted any more. */
export const progressOf = (figures: Readonly<Record<string, number>>): Progress => {
  const count = (name: string): number => figures[name] ?? 0;
  const total = Object.values(figures).reduce((sum, one) => sum + one, 0);
  const left = count('ready') + count('leased') + count('submitting');
  const unwanted = Object.entries(figures).filter(([name]) => name.startsWith('suppressed'));
  const kept = unwanted.reduce((sum, [, one]) => sum + one, 0);
  return { total, sent: count('sent'), left, failed: total - left - kept - count('sent'), kept };
};

export const progressLine = (day: string, progress: Progress): Line => {
  const counts = Object.entries(progress).map(([name, count]) => [name, { count }] as const);
  const key = progress.kept === 0 ? 'campaign.progress' : 'campaign.progressKept';
  return line(key, { date: { date: day }, ...Object.fromEntries(counts) });
};

/** In hundredths of a day's messages: so often the message of the day is brought up to date. */
const STEP = 5;

/** In which chat of whom the message of the day stands that can be brought up to date: it may have gone to another one. */
const editable = async ({ staff }: Office, about: string): Promise<ReadonlyMap<string, string>> => {
  const begun = { about, purpose: 'campaignBegun', sentAs: { $exists: true } };
  const rows = await available(staff.collections.deliveries.find(begun).toArray());
  return new Map(rows.map((row) => [row.staff ?? '', row.chat]));
};

/**
 * Writes how far the day has come into the message that told of its beginning. Where messages cannot be edited nothing
 * is sent: whoever wants to know asks.
 */
export const tellProgress = async (office: Office, campaign: Campaign, now: number): Promise<void> => {
  const day = campaign.days.find(({ dueAt, endsAt }) => dueAt <= now && now < endsAt);
  if (day === undefined) return;
  const about = occurrenceId(campaign.doc._id, day.day);
  const who = await editable(office, about);
  if (who.size === 0) return;
  const progress = progressOf(await figuresOf(office.staff, about));
  const rev = Math.floor(((progress.total - progress.left) * 100) / Math.max(1, progress.total) / STEP);
  const told = { about, purpose: 'campaignProgress', _id: new RegExp(`:campaignProgress:${rev}:`) };
  if (rev === 0 || (await available(office.staff.collections.deliveries.findOne(told))) !== null) return;
  const members = (await senders(office, campaign, now)).flatMap(({ id }) => {
    const chat = who.get(id);
    return chat === undefined ? [] : [{ id, chats: [chat] }];
  });
  const notes = [progressLine(day.day, progress)];
  const choices = [showButton(campaign.doc._id)];
  const rows = tell(office.staff, members, {
    purpose: 'campaignProgress',
    about,
    rev,
    at: now,
    notes,
    choices,
  });
  if (rows.length > 0) await writtenOnce(office.write(rows));
};

/** What came of it, to those who sent it. */
export const tellOfEnd = async (office: Office, campaign: Campaign, now: number): Promise<void> => {
  const id = campaign.doc._id;
  const report = await reportOf(office.staff, campaign);
  const over = campaign.doc.state === 'stopped' ? 'campaign.over.stopped' : 'campaign.over.ended';
  const notes = [line(over, { id }), ...resultLines(report)];
  const telling = { purpose: 'campaignNews', about: `${id}|end`, at: now, notes } as const;
  await tellOnce(office, await senders(office, campaign, now), { ...telling, choices: [showButton(id)] });
};
