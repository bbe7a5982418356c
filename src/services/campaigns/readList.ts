import { CHAT_LIST, TOO_LARGE_HERE } from '../../domain/campaign/chatList.ts';
import type { Json } from '../../domain/json.ts';
import { randomId } from '../../security/random.ts';
import type { Worker, WorkResult } from '../converse/ports.ts';
import { type TableMost, TableProblem } from '../tables/table.ts';
import { keepList, numbersIn } from './keptList.ts';
import type { CampaignParts } from './parts.ts';
import { takeFile } from './phoneList.ts';
import { PhoneTaking, type RejectedRow } from './phoneTaking.ts';

export interface ReadListParts extends Pick<CampaignParts, 'sealer'> {
  /** Where lists are kept: an exercise's lie with what else is practised. */
  readonly collectionsOf: (exercise: boolean) => CampaignParts['collections'];
  /** Fetches a file from the channel it came by; null when it is no longer there. */
  readonly fetchFile: (channel: string, ref: string) => Promise<Uint8Array | null>;
  readonly now?: () => number;
  /** For tests. */
  readonly most?: ListMost;
}

/** What was sent: numbers that were typed or pasted, or a file. */
type Part = { readonly text: string } | { readonly ref: string; readonly name?: string };

interface Given {
  readonly parts: readonly Part[];
  /** Lists that were taken for the same campaign. */
  readonly before: readonly string[];
  readonly exercise: boolean;
}

/** What came of a list, as the chat that sent it goes on with. */
export interface TakenList {
  readonly list: string;
  readonly accepted: number;
  readonly rejected: number;
  readonly first: readonly RejectedRow[];
}

export interface ListMost extends TableMost {
  readonly rows: number;
}

/** So many rows that were not taken are told at once: what fits on a small screen. */
const TOLD = 3;
const NAME = 40;

const isText = (part: Part): part is { readonly text: string } => 'text' in part;

/** Takes all that was sent as one list; texts are pieces of one, for a message limit may have cut it. */
const takeAll = async (
  { fetchFile, most = CHAT_LIST }: ReadListParts,
  taking: PhoneTaking,
  parts: readonly Part[],
  channel: string,
): Promise<boolean> => {
  taking.takeText(
    parts
      .filter(isText)
      .map(({ text }) => text)
      .join('\n'),
  );
  for (const part of parts) {
    if (isText(part)) continue;
    const bytes = await fetchFile(channel, part.ref);
    if (bytes === null) return false;
    const { name = '' } = part;
    const sheet = parts.length > 1 ? name.slice(0, NAME) : undefined;
    await takeFile(taking, { name, bytes: Buffer.from(bytes) }, most, sheet);
  }
  return true;
};

const wholeProblem = (error: unknown): WorkResult => {
  if (!(error instanceof TableProblem)) throw error;
  const large = error.key === 'list.tooLarge' || error.key === 'list.tooManyRows';
  return { problem: large ? TOO_LARGE_HERE : { key: error.key } };
};

/**
 * Reads a list of phone numbers sent in a chat: work that outlasts a step. Every row is taken or rejected with its reason;
 * what was taken is kept sealed, under an id of its own. Cut short by a crash nothing of it counts, and it is sent again.
 */
export const readList =
  (parts: ReadListParts): Worker =>
  async (args, { channel }) => {
    const given = args as unknown as Given;
    const kept = { ...parts, collections: parts.collectionsOf(given.exercise) };
    const before = await numbersIn(kept, given.before);
    if (before === null) return { problem: { key: 'list.gone' } };
    const taking = new PhoneTaking({ rows: (parts.most ?? CHAT_LIST).rows, before });
    try {
      if (!(await takeAll(parts, taking, given.parts, channel))) return { problem: { key: 'work.lost' } };
    } catch (error) {
      return wholeProblem(error);
    }
    const { accepted, rejected } = taking;
    if (accepted.length === 0 && rejected.length > 0 && rejected.every(({ reason }) => reason === 'noColumn'))
      return { problem: { key: 'list.reason.noColumn' } };
    const list = randomId();
    const phones = accepted.map(({ phone }) => phone);
    await keepList(kept, list, { phones, rejected }, (parts.now ?? Date.now)());
    const taken: TakenList = {
      list,
      accepted: accepted.length,
      rejected: rejected.length,
      first: rejected.slice(0, TOLD),
    };
    return { value: taken as unknown as Json };
  };
