import { type Asking, type End, end, flow } from '../src/dialogue/flow.ts';
import { optionsOf } from '../src/dialogue/question/choice.ts';
import type { Option } from '../src/dialogue/question/question.ts';
import { line, type Value } from '../src/dialogue/say.ts';
import type { Json } from '../src/domain/json.ts';
import { named } from './parts/channel.ts';

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

const labelOf = (listed: Listed, chat: string): Value =>
  options(listed).find(({ id }) => id === chat)?.label ?? '';

/** Takes a chat out of the ones that are connected: this one, or one whose phone was lost. */
export const disconnect = flow(
  'disconnect',
  {
    menu: [{ order: 41, label: line('disconnect.title'), needs: 'talk' }],
    // The longer ones are what its button was called before.
    words: ['ngắt kết nối', 'disconnect', 'ngắt kết nối kênh', 'disconnect a channel'],
    command: 'ngatketnoi',
    brief: true,
  },
  function* (ask): Asking<End> {
    const usual = FEW as unknown as Json;
    const listed = (yield* ask.call<Json>('members', 'talkMembers', {}, usual)) as unknown as Listed;
    if (listed.members.length < 2) return end(line('disconnect.alone'));
    const chat = yield* ask.choice('which', options(listed));
    const here = listed.members.some((member) => member.chat === chat && member.here);
    const sure = yield* ask.choice('sure', optionsOf('disconnect.sure', [{ id: 'yes' }, { id: 'no' }]), {
      say: here ? 'disconnect.sureHere' : 'disconnect.sure',
      values: { channel: labelOf(listed, chat) },
    });
    if (sure !== 'yes') return end(line('disconnect.kept'));
    const left = (yield* ask.call<Json>('left', 'leaveTalk', { chat }, null)) as unknown as Left | null;
    if (left?.is !== 'left') return end(line('disconnect.gone'));
    if (left.here) return { ...end(line('disconnect.doneHere')), drafts: 'none' };
    return end(line('disconnect.done', { channel: named(left.channel) }));
  },
);
