import type { Lang } from '../../domain/lang.ts';
import type { Decision } from '../../domain/passage.ts';
import type { Models } from '../../store/collections.ts';
import type { PassageDoc } from '../../store/passages.ts';
import { checkpointName } from './checkpoints.ts';

/** One passage as the person it is about sees it: not who decided, and not why. */
export interface OwnPassage {
  /** ms since 1970. */
  readonly at: number;
  readonly checkpoint: Readonly<Record<Lang, string>>;
  readonly decision: Decision;
}

/** On one screen, with all that was declared. */
const LISTED = 3;

/** The last passages that are kept of a declaration, the newest first: who declared may see all that is kept. */
export const passagesOf = async (
  { passages }: Pick<Models, 'passages'>,
  declaration: string,
): Promise<readonly OwnPassage[]> => {
  const docs = await passages.find({ declaration }).sort({ at: -1 }).limit(LISTED).lean<PassageDoc[]>();
  return docs.map(({ at, checkpoint, decision }) => ({
    at: at.getTime(),
    checkpoint: checkpointName(checkpoint),
    decision,
  }));
};
