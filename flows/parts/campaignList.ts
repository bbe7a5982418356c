import type { Ask } from '../../src/dialogue/ask.ts';
import type { Asking } from '../../src/dialogue/flow.ts';
import { optionsOf } from '../../src/dialogue/question/choice.ts';
import { type File, type Line, line } from '../../src/dialogue/say.ts';
import { CHAT_LIST, TOO_LARGE_HERE } from '../../src/domain/campaign/chatList.ts';
import type { Json } from '../../src/domain/json.ts';

/** A row of a list that was not taken: where it stands, or the beginning of what was typed, and why. */
interface Rejected {
  readonly sheet?: string;
  readonly row: number;
  readonly said?: string;
  readonly reason: string;
  readonly values?: { readonly row: number; readonly sheet?: string };
}

/** What came of one list; `first`: the first rows of it that were not taken. */
interface Taken {
  readonly list: string;
  readonly accepted: number;
  readonly rejected: number;
  readonly first: readonly Rejected[];
}

const DONE = 'done';
const USUAL: Taken = { list: '', accepted: 1, rejected: 0, first: [] };

/** More lists than these are one that should be put together first. */
const MOST_LISTS = 20;

const isTaken = (value: Json): boolean => typeof (value as { list?: unknown } | null)?.list === 'string';

/** A text with a number in it: words of impatience have none. */
const hasNumber = (raw: string): boolean => /\d{6}/.test(raw.replace(/[\s.()-]/g, ''));

const rowLine = ({ sheet, row, said, reason, values }: Rejected): Line => {
  const why = line(`list.reason.${reason}`, values && { ...values });
  if (said !== undefined) return line('list.row.said', { said, why });
  return sheet === undefined ? line('list.row', { row, why }) : line('list.row.sheet', { sheet, row, why });
};

/** How many were taken, and the first of those that were not, with why. */
const told = ({ accepted, rejected, first }: Taken): readonly Line[] => [
  line('list.taken', { accepted: { count: accepted }, rejected: { count: rejected } }),
  ...first.map(rowLine),
];

const restOf = ({ list, rejected, first }: Taken): File | undefined =>
  rejected > first.length ? { kind: 'rejected', list } : undefined;

const NO_MORE = optionsOf('campaignList', [
  { id: DONE, words: ['xong', 'het', 'het roi', 'khong', 'done', 'no'] },
]);

/** What came of the last list. In an exercise what was not taken is told, and no file made of it. */
const tellsOf = (lists: readonly Taken[], exercise: boolean) => {
  const last = lists.at(-1);
  const file = last && !exercise ? restOf(last) : undefined;
  return last && { tells: { notes: told(last), ...(file && { file }) } };
};

/** One more list, or none where there are numbers already. */
const askOne = (ask: Ask, lists: readonly Taken[], exercise: boolean) => {
  const some = lists.some(({ accepted }) => accepted > 0);
  return ask.file(`list.${lists.length + 1}`, {
    say: some ? 'newCampaign.nextList' : 'newCampaign.list',
    work: 'readList',
    args: { before: lists.map(({ list }) => list), exercise },
    most: CHAT_LIST.bytes,
    tooLarge: TOO_LARGE_HERE,
    neither: { key: 'problem.campaignList' },
    typed: hasNumber,
    fits: isTaken,
    show: (value) => line('campaignList.taken', { count: { count: (value as unknown as Taken).accepted } }),
    usual: USUAL as unknown as Json,
    ...(some ? { options: NO_MORE } : {}),
    ...tellsOf(lists, exercise),
  });
};

/** Says what came of the last list, and that no more are taken: nobody who has more may think that those are written to. */
const askFull = (ask: Ask, lists: readonly Taken[], exercise: boolean) =>
  ask.choice('listsFull', NO_MORE, {
    say: 'newCampaign.listsFull',
    label: 'newCampaign.nextList.label',
    values: { count: lists.length },
    hidden: true,
    ...tellsOf(lists, exercise),
  });

/** Phone numbers from files or pasted, as many lists as there are: where each is kept. */
export function* askLists(ask: Ask, exercise: boolean): Asking<readonly string[]> {
  const lists: Taken[] = [];
  while (lists.length < MOST_LISTS) {
    const got: Json = yield* askOne(ask, lists, exercise);
    if (got === DONE) break;
    lists.push(got as unknown as Taken);
  }
  if (lists.length === MOST_LISTS) yield* askFull(ask, lists, exercise);
  return lists.map(({ list }) => list);
}
