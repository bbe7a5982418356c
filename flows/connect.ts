import { type Asking, type End, end, flow } from '../src/dialogue/flow.ts';
import { optionsOf } from '../src/dialogue/question/choice.ts';
import type { Option } from '../src/dialogue/question/question.ts';
import { type Line, line } from '../src/dialogue/say.ts';
import { channelName } from '../src/domain/channel.ts';
import type { Json } from '../src/domain/json.ts';
import { groupTalkCode, isTalkCode, parseTalkCode } from '../src/domain/talkCode.ts';

type Offered =
  | { readonly is: 'full' }
  | {
      readonly is: 'offer';
      readonly code: string;
      readonly minutes: number;
      readonly links: readonly { readonly channel: string; readonly url: string }[];
    };

const named = (channel: string): Line => line(channelName(channel));

/** Shows a code, and links, by which the same person's chat on another channel joins this one. */
export const connect = flow(
  'connect',
  {
    menu: [{ order: 40, label: line('connect.menu') }],
    words: ['kết nối', 'nối kênh', 'connect', 'dùng trên máy khác'],
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
type Joined = Answered | { readonly is: 'joined'; readonly channel: string };

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
    anywhere: true,
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
    const usual = { is: 'joined', channel: found.channel };
    const joined = (yield* ask.call<Json>('joined', 'joinTalk', { code }, usual)) as unknown as Joined;
    if (joined.is !== 'joined') return refusal(joined);
    return end(line('join.done', { channel: named(joined.channel) }));
  },
);

interface Listed {
  readonly members: readonly { readonly chat: string; readonly channel: string; readonly here: boolean }[];
}
interface Left {
  readonly is: string;
  readonly channel: string;
  readonly here: boolean;
}

const FEW: Listed = {
  members: ['web', 'telegram'].map((channel) => ({ chat: channel, channel, here: false })),
};

/** Two chats of one channel are told apart by their number. */
const options = ({ members }: Listed): readonly Option[] =>
  members.map(({ chat, channel, here }, at) => {
    const alike = members.filter((other) => other.channel === channel);
    const n = members.slice(0, at + 1).filter((other) => other.channel === channel).length;
    const name = alike.length > 1 ? line('disconnect.nth', { channel: named(channel), n }) : named(channel);
    return { id: chat, value: chat, label: here ? line('disconnect.here', { channel: name }) : name };
  });

/** Takes a chat out of the ones that are connected: this one, or one whose phone was lost. */
export const disconnect = flow(
  'disconnect',
  {
    menu: [{ order: 41, label: line('disconnect.title'), needs: 'talk' }],
    words: ['ngắt kết nối', 'disconnect'],
    command: 'ngatketnoi',
    brief: true,
  },
  function* (ask): Asking<End> {
    const usual = FEW as unknown as Json;
    const listed = (yield* ask.call<Json>('members', 'talkMembers', {}, usual)) as unknown as Listed;
    if (listed.members.length < 2) return end(line('disconnect.alone'));
    const chat = yield* ask.choice('which', options(listed));
    const left = (yield* ask.call<Json>('left', 'leaveTalk', { chat }, null)) as unknown as Left | null;
    if (left?.is !== 'left') return end(line('disconnect.gone'));
    return end(line(left.here ? 'disconnect.doneHere' : 'disconnect.done', { channel: named(left.channel) }));
  },
);
