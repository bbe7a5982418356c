import { deliveryRow } from '../../delivery/outboxRow.ts';
import { line } from '../../dialogue/say.ts';
import { DAY_MS, dayOf } from '../../domain/day.ts';
import { RETENTION_DAYS } from '../../domain/declaration.ts';
import { nextRound } from '../../domain/reminders/followUp.ts';
import { followUpOf } from '../../domain/risk/ruleset.ts';
import { randomId } from '../../security/random.ts';
import type { AlertDoc } from '../../store/alerts.ts';
import type { DeclarationDoc } from '../../store/declarations.ts';
import { type Effect, insert, update } from '../../store/effect.ts';
import type { FollowUpDoc } from '../../store/followUps.ts';
import { openDeclaration } from '../declarations/record.ts';
import type { StaffParts } from '../staff/parts.ts';
import { speaksIn } from '../talks/now.ts';

/** The declaration an alert stands on; of one that came out of monitoring or was taken back, their newest that stands. */
const declarationOf = async ({ collections }: StaffParts, { subject, person }: AlertDoc) =>
  (await collections.declarations.findOne({ _id: subject, status: 'valid' })) ??
  (person === undefined
    ? null
    : collections.declarations.findOne({ person, status: 'valid' }, { sort: { at: -1 } }));

const isWatched = async ({ collections }: StaffParts, person = ''): Promise<boolean> =>
  (await collections.followUps.countDocuments({ person, state: 'active' }, { limit: 1 })) > 0;

/** They hear once what comes now, until when, and how to stop it. */
const begun = async (
  parts: StaffParts,
  doc: DeclarationDoc,
  { _id, chat }: Pick<FollowUpDoc, '_id' | 'chat'>,
  now: number,
): Promise<Effect> => {
  const { days, hours } = followUpOf(parts.rules());
  const { name } = (await openDeclaration(parts, doc)).sealed.declared.person;
  const values = {
    name,
    count: hours.length,
    hours: { list: hours.map((hour) => `${String(hour).padStart(2, '0')}:00`) },
    until: { date: dayOf(now + days * DAY_MS) },
  };
  const row = { purpose: 'followUpBegun', about: `followUp:${_id}`, rev: 1, chat } as const;
  return insert(
    'deliveries',
    deliveryRow(parts.sealer, { ...row, at: now, notes: [line('followUp.begun', values)] }),
  );
};

/**
 * Monitoring of a person begins: asked in the chat that declared, and told so there. Whoever is watched already is watched anew. With no
 * declaration that stands nothing begins; `watched` says whether they are asked all the same, as before.
 */
export const beginFollowUp = async (
  parts: StaffParts,
  alert: string,
  by: string,
  now: number,
): Promise<{ readonly watched: boolean; readonly effects: readonly Effect[] }> => {
  const doc = await parts.collections.alerts.findOne({ _id: alert });
  const declaration = doc === null ? null : await declarationOf(parts, doc);
  if (declaration === null) return { watched: await isWatched(parts, doc?.person), effects: [] };
  const { person, declaredBy, area } = declaration;
  const chat = await speaksIn(parts.collections, declaredBy);
  const rule = followUpOf(parts.rules());
  const [id, from] = [randomId(), new Date(now)];
  const effects = [
    update(
      'followUps',
      { person, state: 'active', _id: { $ne: id } },
      { $set: { state: 'ended' }, $inc: { rev: 1 } },
    ),
    insert('followUps', {
      _id: id,
      person,
      declaration: declaration._id,
      chat,
      area,
      by,
      alert,
      from,
      until: new Date(now + rule.days * DAY_MS),
      askAt: new Date(nextRound(rule, now)),
      lastAt: from,
      state: 'active',
      rev: 1,
      answers: [],
      deleteAt: new Date(now + RETENTION_DAYS * DAY_MS),
    }),
    await begun(parts, declaration, { _id: id, chat }, now),
  ];
  return { watched: true, effects };
};
