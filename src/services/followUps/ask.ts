import { deliveryRow } from '../../delivery/outboxRow.ts';
import { type Choice, line } from '../../dialogue/say.ts';
import type { Declared } from '../../domain/declaration.ts';
import { nextRound, roundEnd } from '../../domain/reminders/followUp.ts';
import { followUpOf } from '../../domain/risk/ruleset.ts';
import { type Effect, insert, update } from '../../store/effect.ts';
import { isDuplicate } from '../../store/errors.ts';
import type { FollowUpDoc } from '../../store/followUps.ts';
import type { Office } from '../alerts/office.ts';
import { tellStuck } from '../alerts/stuck.ts';
import { eachAlone } from '../stuck.ts';
import { speaksIn } from '../talks/now.ts';
import { toldFor } from './alarm.ts';
import { askedOf, missing } from './missing.ts';

const button = (id: string, how: 'well' | 'unwell'): Choice => ({
  id: `/go:followUp:id=${id}&how=${how}`,
  label: line(`followUp.how.${how}`),
});

const question = (
  { staff }: Office,
  doc: FollowUpDoc,
  { person }: Declared,
  now: number,
  expiresAt: number,
): Effect =>
  insert(
    'deliveries',
    deliveryRow(staff.sealer, {
      ...askedOf(doc),
      rev: Math.floor(doc.askAt.getTime() / 1_000),
      chat: doc.chat,
      at: now,
      expiresAt,
      notes: [line('followUp.ask', { name: person.name })],
      choices: [
        button(doc._id, 'well'),
        button(doc._id, 'unwell'),
        { id: '/go:stopReminders:what=followUp', label: line('stopReminders.go') },
      ],
    }),
  );

const moved = (doc: FollowUpDoc, change: Partial<FollowUpDoc>): Effect =>
  update(
    'followUps',
    { _id: doc._id, rev: doc.rev, state: 'active' },
    { $set: { chat: doc.chat, ...change }, $inc: { rev: 1 } },
    { must: true },
  );

const planned = async (office: Office, kept: FollowUpDoc, now: number): Promise<readonly Effect[]> => {
  const { staff } = office;
  // An older release left it to the chat that declared when that joined a talk, and no answer from there was theirs.
  const doc = { ...kept, chat: await speaksIn(staff.collections, kept.chat) };
  const told = await toldFor(staff.collections, staff, doc);
  // Erased, or at its end: whoever watched is told by the record, and the person is asked no more.
  if (told === null || now > doc.until.getTime()) return [moved(doc, { state: 'ended' })];
  const rule = followUpOf(staff.rules());
  const [askAt, end] = [new Date(nextRound(rule, now)), roundEnd(rule, now)];
  if (end === null) return [moved(doc, { askAt })];
  const alarms = await missing(office, doc, told, now);
  return [
    question(office, doc, told.declared, now, end),
    ...alarms,
    moved(doc, { askAt, ...(alarms.length > 0 ? { missedAt: new Date(now) } : {}) }),
  ];
};

const askOne = async (office: Office, doc: FollowUpDoc, now: number): Promise<boolean> => {
  const effects = await planned(office, doc, now);
  return office.write(effects).catch((error: unknown) => {
    if (isDuplicate(error)) return false; // another process asks in this very moment
    throw error;
  });
};

/** Asks everybody under monitoring whose time has come. Returns how many were asked, put off to the next round, or ended. */
export const askFollowUps = async (office: Office, now: number): Promise<number> => {
  const due = { state: 'active' as const, askAt: { $lte: new Date(now) } };
  let count = 0;
  for await (const doc of office.staff.collections.followUps.find(due).sort({ askAt: 1 })) {
    const [done] = await eachAlone(
      [doc],
      (one) => askOne(office, one, now),
      (error) => tellStuck(office, 'followUps', { ...doc, at: doc.from }, error, now),
    );
    if (done === true) count += 1;
  }
  return count;
};
