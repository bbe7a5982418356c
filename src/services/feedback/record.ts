import type { Json } from '../../domain/json.ts';
import { sealContext } from '../../security/sealer.ts';
import type { FeedbackDoc } from '../../store/feedback.ts';
import type { StaffParts } from '../staff/parts.ts';

/** What lies sealed in feedback: what was said, a number to call, and the answer. */
export interface FeedbackBody {
  readonly note: string;
  /** E.164. */
  readonly phone?: string;
  readonly answer?: string;
}

export interface OpenedFeedback {
  readonly id: string;
  readonly chat: string;
  readonly kind: string;
  readonly area: string;
  readonly state: 'open' | 'answered';
  /** ms since 1970. */
  readonly at: number;
  readonly body: FeedbackBody;
}

const context = (id: string) => sealContext('feedback', 'sealed', id);

export const sealFeedback = (
  { sealer }: Pick<StaffParts, 'sealer'>,
  id: string,
  body: FeedbackBody,
): Buffer => sealer.seal(context(id), body as unknown as Json);

export const openFeedback = async (
  { sealer }: Pick<StaffParts, 'sealer'>,
  { _id: id, chat, kind, area, state, at, sealed }: FeedbackDoc,
): Promise<OpenedFeedback> => ({
  id,
  chat,
  kind,
  area,
  state,
  at: at.getTime(),
  body: (await sealer.open(context(id), sealed)) as unknown as FeedbackBody,
});
