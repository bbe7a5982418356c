import mongoose from 'mongoose';
import { dayOf } from '../../domain/day.ts';
import type { Declared, Reason } from '../../domain/declaration.ts';
import type { Json } from '../../domain/json.ts';
import { type HealthAnswer, isBad, isFever } from '../../domain/reminders/followUp.ts';
import { followUpOf, type RuleSet } from '../../domain/risk/ruleset.ts';
import { sealContext } from '../../security/sealer.ts';
import { type Effect, update } from '../../store/effect.ts';
import type { FollowUpDoc } from '../../store/followUps.ts';
import type { AlertPlan, DeclarationParts } from '../declarations/parts.ts';
import { withChange } from '../declarations/withChange.ts';
import { cameHere } from '../reminders/holders.ts';
import { subjectOf } from '../reminders/rows.ts';
import type { Service } from '../service.ts';
import { alarm, toldFor } from './alarm.ts';
import { askedOf } from './missing.ts';

/** The monitorings a chat was asked about because the one that declared took no question; it holds their declarations. */
const cameTo = async ({ models }: DeclarationParts, chat: string): Promise<readonly string[]> => {
  const held = await models.declarations.find({ chats: chat }, { person: 1 }).lean();
  const people = mongoose.trusted({ $in: held.map(({ person }) => person) });
  const docs = await models.followUps
    .find({ person: people, state: 'active', chat: mongoose.trusted({ $ne: chat }) }, { _id: 1 })
    .lean();
  const about = docs.map((doc) => askedOf(doc).about);
  if (about.length === 0) return [];
  const rows = await models.deliveries.find(cameHere(about, 'followUpReminder', chat), { about: 1 }).lean();
  return rows.map((row) => subjectOf(row.about));
};

/** Those under monitoring who are asked in a chat; one of them when it is named. */
const watchedIn = async (parts: DeclarationParts, chat: string, id?: string): Promise<FollowUpDoc[]> => {
  const came = mongoose.trusted({ $in: await cameTo(parts, chat) });
  const docs = await parts.models.followUps
    .find({ state: 'active', $or: [{ chat }, { _id: came }] })
    .sort({ from: 1 })
    .lean<FollowUpDoc[]>();
  return docs.filter(({ _id }) => id === undefined || _id === id);
};

/** Who is asked about here: their ids and names, and what is a fever (°C), for a chat in which the words were typed instead of a button pressed. */
const watchedHere =
  (parts: DeclarationParts): Service =>
  async (args, { chat }) => {
    const docs = await watchedIn(parts, chat, (args as { id?: string }).id);
    const { fever } = followUpOf(parts.rules());
    const nameOf = async (doc: FollowUpDoc) =>
      (await toldFor(parts.models, parts, doc))?.declared.person.name ?? '';
    const named = await Promise.all(
      docs.map(async (doc) => ({ id: doc._id, name: await nameOf(doc), fever })),
    );
    return { value: named };
  };

const reasonsOf = (rules: RuleSet, { temperature, symptoms, how }: HealthAnswer): readonly Reason[] => [
  ...(isFever(followUpOf(rules), temperature)
    ? [
        temperature === 'fever'
          ? { key: 'followUp.reason.fever' }
          : { key: 'followUp.reason.temperature', values: { temperature } },
      ]
    : []),
  ...(how === 'unwell' || symptoms.length > 0 ? [{ key: 'followUp.reason.unwell' }] : []),
];

const kept = (
  parts: DeclarationParts,
  doc: FollowUpDoc,
  answer: HealthAnswer,
  bad: boolean,
  now: number,
): Effect => {
  const context = sealContext('followUps', 'answers', `${doc._id}:${doc.answers.length}`);
  const sealed = parts.sealer.seal(context, answer as unknown as Json);
  return update(
    'followUps',
    { _id: doc._id, rev: doc.rev, state: 'active' },
    {
      $push: { answers: { at: new Date(now), bad, sealed } },
      $set: { lastAt: new Date(now) },
      $unset: { missedAt: '' },
      $inc: { rev: 1 },
    },
    { must: true },
  );
};

const judged = (parts: DeclarationParts, declared: Declared, { symptoms }: HealthAnswer, now: number) => {
  const as = withChange(declared, { day: dayOf(now), symptoms });
  return { as, risk: parts.assess(as, dayOf(now)) };
};

/** The alert of a bad answer. Where nothing is left to name them by nobody can be told: they are to call. */
const raised = async (
  parts: DeclarationParts,
  doc: FollowUpDoc,
  answer: HealthAnswer,
  now: number,
): Promise<AlertPlan> => {
  const told = await toldFor(parts.models, parts, doc);
  if (told === null) return { staff: 'waiting', effects: [] };
  const { as, risk } = judged(parts, told.declared, answer, now);
  const reasons = [...reasonsOf(parts.rules(), answer), ...risk.reasons];
  return parts.alert(alarm(parts, doc, `${doc.answers.length}`, as, reasons, now, risk.level));
};

/** An answer of somebody under monitoring is kept; a bad one is an alert, committed with it. */
const answerFollowUp =
  (parts: DeclarationParts): Service =>
  async (args, { chat, now }) => {
    const { id, ...answer } = args as unknown as HealthAnswer & { readonly id: string };
    const [doc] = await watchedIn(parts, chat, id);
    if (doc === undefined) return { value: { is: 'gone' } };
    const bad = isBad(followUpOf(parts.rules()), answer);
    const keeping = kept(parts, doc, answer, bad, now);
    if (!bad) return { value: { is: 'well' }, effects: [keeping] };
    const alert = await raised(parts, doc, answer, now);
    return {
      value: { is: 'bad', staff: alert.staff, hotline: parts.hotline },
      effects: [keeping, ...alert.effects],
    };
  };

export const followUpServices = (parts: DeclarationParts): Readonly<Record<string, Service>> => ({
  watchedHere: watchedHere(parts),
  answerFollowUp: answerFollowUp(parts),
});
