import { type Asking, type End, end, flow } from '../src/dialogue/flow.ts';
import { optionsOf } from '../src/dialogue/question/choice.ts';
import { line } from '../src/dialogue/say.ts';
import type { Json } from '../src/domain/json.ts';
import { groupTalkCode, isTalkCode, parseTalkCode } from '../src/domain/talkCode.ts';
import { named } from './parts/channel.ts';
import { hasDigit } from './parts/code.ts';

type Offered =
  | { readonly is: 'full' }
  | {
      readonly is: 'offer';
      readonly code: string;
      readonly minutes: number;
      readonly links: readonly { readonly channel: string; readonly url: string }[];
    };

/** Shows a code, and links, by which the same person's chat on another channel joins this one. */
export const connect = flow(
  'connect',
  {
    menu: [{ order: 40, label: line('connect.menu') }],
    words: [
      'kết nối',
      'nối kênh',
      'connect',
      'dùng trên máy khác',
      // As its button was called before.
      'dùng tiếp trên kênh khác',
      'go on in another channel',
    ],
    command: 'ketnoi',
    brief: true,
  },
  function* (ask, { memory }): Asking<End> {
    const staff = (memory.staff ?? null) !== null;
    const offered = (yield* ask.call<Json>('offer', 'offerTalk', {}, null)) as unknown as Offered | null;
    if (offered?.is !== 'offer') return end(line('connect.full'));
    const { code, minutes, links } = offered;
    return end(
      line('connect.code', { code: groupTalkCode(code), minutes }),
      ...links.map(({ channel, url }) => line('connect.link', { channel: named(channel), url })),
      line(staff ? 'connect.secretStaff' : 'connect.secret'),
    );
  },
);

type Answered =
  | { readonly is: 'tooMany'; readonly minutes: number }
  | { readonly is: 'wrong'; readonly left: number }
  | { readonly is: 'gone' | 'self' | 'same' | 'busy' | 'full' | 'staff' | 'training' };
type Checked =
  | Answered
  | { readonly is: 'offer'; readonly channel: string; readonly staff: keyof typeof SURE };
type Joined =
  | Answered
  /** `drafts`: there are some in the other conversation. */
  | { readonly is: 'joined'; readonly channel: string; readonly drafts: boolean };

/** Whose staff chat is among the two, and what must be said of it before. */
const SURE = { nobodys: 'join.sure', mine: 'join.sureStaff', theirs: 'join.sureTheirs' } as const;

const USUAL = { is: 'offer', channel: 'web', staff: 'nobodys' };

const refusal = (answered: Answered): End => {
  if (answered.is === 'tooMany') return end(line('join.tooMany', { minutes: answered.minutes }));
  if (answered.is === 'wrong') return end(line('join.wrong', { left: answered.left }));
  return end(line(`join.${answered.is}`));
};

/**
 * The code of another chat was typed, or its link opened. Whoever sent such a link may be a stranger: what will be
 * seen by the other chat is said first, and asked.
 */
export const join = flow(
  'join',
  {
    words: ['nhập mã kết nối', 'enter a code'],
    command: 'nhapma',
    opens: isTalkCode,
    anywhere: hasDigit,
    brief: true,
  },
  function* (ask, { params }): Asking<End> {
    const said = typeof params.said === 'string' ? parseTalkCode(params.said) : undefined;
    const code = said?.ok ? said.value : yield* ask.text('code', parseTalkCode, { inline: false });
    const found = (yield* ask.call<Json>('found', 'checkTalk', { code }, USUAL)) as unknown as Checked;
    // A code that opened the conversation cannot be asked again: whoever typed it types the next one.
    if (found.is === 'wrong' && !said?.ok)
      return yield* ask.reject('code', { key: 'join.wrong', values: { left: found.left } });
    if (found.is !== 'offer') return refusal(found);
    const sure = yield* ask.choice('sure', optionsOf('join.sure', [{ id: 'yes' }, { id: 'no' }]), {
      say: SURE[found.staff],
      values: { channel: named(found.channel) },
    });
    if (sure !== 'yes') return end(line('join.not'));
    const usual = { is: 'joined', channel: found.channel, drafts: true };
    const joined = (yield* ask.call<Json>('joined', 'joinTalk', { code }, usual)) as unknown as Joined;
    if (joined.is !== 'joined') return refusal(joined);
    const done = end(line('join.done', { channel: named(joined.channel) }));
    return { ...done, drafts: { there: joined.drafts } };
  },
);
