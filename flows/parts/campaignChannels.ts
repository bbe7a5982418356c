import type { Ask } from '../../src/dialogue/ask.ts';
import type { Asking } from '../../src/dialogue/flow.ts';
import { optionsOf } from '../../src/dialogue/question/choice.ts';
import type { Option } from '../../src/dialogue/question/question.ts';
import { line, type Value } from '../../src/dialogue/say.ts';
import { parseChannels } from '../../src/domain/campaign/channels.ts';
import type { Json } from '../../src/domain/json.ts';
import type { Parse } from '../../src/domain/parsed.ts';
import { named } from './channel.ts';

/** Channels in their order, as far as it is not as usual. */
type Ways = { readonly channels?: readonly string[] };

const [USUAL, CHANGE, NO_MORE] = ['usual', 'change', 'noMore'];

const inOrder = (channels: readonly string[]): Value => ({ list: channels.map(named) });

const choicesOf = (channels: readonly string[]): readonly Option[] => [
  {
    id: USUAL,
    value: USUAL,
    label: line('campaignChannels.usual', { channels: inOrder(channels) }),
    words: ['co', 'dung', 'duoc', 'dong y', 'nhu thuong le', 'yes', 'ok'],
  },
  {
    id: CHANGE,
    value: CHANGE,
    label: line('campaignChannels.change'),
    words: ['khong', 'doi', 'doi thu tu', 'no'],
  },
];

const STOP: readonly Option[] = optionsOf('campaignChannels', [
  { id: NO_MORE, words: ['khong', 'thoi', 'no'] },
]);

/** One after the other, each picked from those that are left; a channel that is not picked is not tried. */
function* askOrder(ask: Ask, offered: readonly string[]): Asking<readonly string[]> {
  const order: string[] = [];
  for (let left = offered; left.length > 0; left = left.filter((name) => !order.includes(name))) {
    const options = left.map((name) => ({ id: name, value: name, label: named(name) }));
    const first = order.length === 0;
    const say = first ? 'newCampaign.channel' : 'newCampaign.nextChannel';
    const picked = yield* ask.choice(`channel.${order.length + 1}`, first ? options : [...options, ...STOP], {
      say,
    });
    if (picked === NO_MORE) break;
    order.push(picked);
  }
  return order;
}

/** The order channels are tried in: as usual in one tap, picked one by one, or typed. Of one channel there is none to choose. */
export function* askChannels(ask: Ask, offered: readonly string[]): Asking<Ways> {
  if (offered.length < 2) return {};
  const parse: Parse<Json> = parseChannels(offered);
  const picked = yield* ask.text('channels', parse, {
    values: { example: inOrder(offered.toReversed()) },
    options: choicesOf(offered),
    written: (value) => (Array.isArray(value) ? value.join(', ') : ''),
    show: (value) => (Array.isArray(value) ? inOrder(value.map(String)) : String(value)),
    usual: USUAL,
    inline: false,
  });
  if (picked === USUAL) return {};
  return { channels: Array.isArray(picked) ? picked.map(String) : yield* askOrder(ask, offered) };
}
