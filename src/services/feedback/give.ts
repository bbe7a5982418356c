import { line } from '../../dialogue/say.ts';
import { goArgument } from '../../dialogue/words.ts';
import { DAY_MS } from '../../domain/day.ts';
import { provinceOf } from '../../domain/roster.ts';
import { randomId } from '../../security/random.ts';
import { insert } from '../../store/effect.ts';
import { type Telling, tell } from '../alerts/tell.ts';
import { onDutyFor } from '../alerts/whom.ts';
import type { Service } from '../service.ts';
import type { StaffParts } from '../staff/parts.ts';
import { type FeedbackBody, sealFeedback } from './record.ts';

/** From one chat in a day; each one is read by a person. */
const PER_DAY = 5;

interface Given extends FeedbackBody {
  readonly kind: string;
  readonly phone?: string;
}

const newsOf = (kind: string, id: string): Pick<Telling, 'notes' | 'choices'> => ({
  notes: [line('feedback.news', { kind: line(`feedback.kind.${kind}`) })],
  choices: [{ id: `/go:${goArgument('answer', { id })}`, label: line('feedback.news.read') }],
});

/** Whose staff read it: those of the place this chat declared last, else those of the province. */
const areaOf = async ({ collections, home }: StaffParts, chat: string): Promise<string> => {
  const last = await collections.declarations.findOne({ chats: chat }, { sort: { at: -1 } });
  return last !== null && provinceOf(last.area) === home ? last.area : home;
};

/** Keeps what a citizen finds hard, and tells those on duty for the place; they read and answer it in their inbox. */
export const giveFeedback =
  (parts: StaffParts): Service =>
  async (args, { chat, now }) => {
    const { kind, note, phone } = args as unknown as Given;
    const since = new Date(now - DAY_MS);
    const before = await parts.collections.feedback.countDocuments({ chat, at: { $gt: since } });
    if (before >= PER_DAY) return { value: { is: 'tooMany' } };
    const [id, area] = [randomId(), await areaOf(parts, chat)];
    const sealed = sealFeedback(parts, id, { note, ...(phone === undefined ? {} : { phone }) });
    const document = { _id: id, chat, at: new Date(now), kind, area, state: 'open' as const, sealed };
    const news = { purpose: 'feedbackNews' as const, about: id, rev: 1, at: now, ...newsOf(kind, id) };
    return {
      value: { is: 'given' },
      effects: [insert('feedback', document), ...tell(parts, await onDutyFor(parts, area, now), news)],
    };
  };
