import { deliveryRow } from '../../delivery/outboxRow.ts';
import { line } from '../../dialogue/say.ts';
import { type Effect, insert, update } from '../../store/effect.ts';
import { mayAnswer } from '../alerts/inbox.ts';
import type { Service } from '../service.ts';
import { actorOf, stranger } from '../staff/actor.ts';
import type { StaffParts } from '../staff/parts.ts';
import type { StaffMember } from '../staff/record.ts';
import { type OpenedFeedback, openFeedback, sealFeedback } from './record.ts';

const gone = { value: { is: 'gone' } } as const;

const findFeedback = async (parts: StaffParts, id: string): Promise<OpenedFeedback | null> => {
  const doc = await parts.collections.feedback.findOne({ _id: id });
  return doc === null ? null : openFeedback(parts, doc);
};

const forActor = async (
  parts: StaffParts,
  id: string,
  actor: StaffMember,
): Promise<OpenedFeedback | null> => {
  const opened = await findFeedback(parts, id);
  return opened !== null && mayAnswer(actor, opened.area) ? opened : null;
};

/** What somebody said, for a staff member to read. */
export const showFeedback =
  (parts: StaffParts): Service =>
  async (args, context) => {
    const actor = await actorOf(parts, context);
    if (actor === null) return stranger;
    const opened = await forActor(parts, (args as { id: string }).id, actor);
    if (opened === null) return gone;
    const { kind, at, state, body } = opened;
    const { note, phone = '', answer = '' } = body;
    return { value: { is: 'feedback', kind, at, answered: state === 'answered', note, phone, answer } };
  };

/** The answer, kept and on its way to the chat that asked. Whoever was quicker has answered. */
export const answering = (
  parts: Pick<StaffParts, 'sealer'>,
  opened: OpenedFeedback,
  text: string,
  by: string,
  now: number,
) => {
  const { id, chat, body } = opened;
  const sealed = sealFeedback(parts, id, { ...body, answer: text });
  const change = { state: 'answered' as const, answeredBy: by, answeredAt: new Date(now), sealed };
  const row = deliveryRow(parts.sealer, {
    purpose: 'feedbackAnswer',
    about: id,
    rev: 1,
    chat,
    at: now,
    notes: [line('feedback.answer', { note: body.note, answer: text })],
  });
  const effects: readonly Effect[] = [
    update('feedback', { _id: id, state: 'open' }, { $set: change }, { must: true }),
    insert('deliveries', row),
  ];
  return effects;
};

/** Answers feedback in the words of a staff member. */
export const answerFeedback =
  (parts: StaffParts): Service =>
  async (args, context) => {
    const { id, text } = args as { id: string; text: string };
    const actor = await actorOf(parts, context);
    if (actor === null) return stranger;
    const opened = await forActor(parts, id, actor);
    if (opened === null) return gone;
    if (opened.state === 'answered') return { value: { is: 'answered' } };
    return { value: { is: 'sent' }, effects: answering(parts, opened, text, actor.id, context.now) };
  };
