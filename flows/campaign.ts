import type { Ask } from '../src/dialogue/ask.ts';
import { exercisingSince } from '../src/dialogue/exercise.ts';
import { type Asking, type End, end, flow } from '../src/dialogue/flow.ts';
import type { Option } from '../src/dialogue/question/question.ts';
import { type Choice, type Line, line } from '../src/dialogue/say.ts';
import { parseCampaignText } from '../src/domain/campaign/campaign.ts';
import type { Json } from '../src/domain/json.ts';
import { askAudience } from './parts/campaignAudience.ts';
import { askChannels } from './parts/campaignChannels.ts';
import { askWhen } from './parts/campaignWhen.ts';
import { go, stranger } from './parts/staff.ts';

type Shown =
  | {
      readonly is:
        | 'stranger'
        | 'notAllowed'
        | 'gone'
        | 'own'
        | 'notNow'
        | 'tooLate'
        | 'problems'
        | 'listGone';
    }
  | { readonly is: 'shown'; readonly lines: readonly Line[]; readonly choices: readonly Choice[] };

const refused = (is: Exclude<Shown['is'], 'shown'>): End => {
  if (is === 'stranger') return stranger();
  if (is === 'notAllowed') return end(line('staff.notForRole'));
  return end(line(is === 'gone' ? 'campaign.gone' : `campaign.refused.${is}`));
};

/** What an SMS of it says and costs is a message of its own: with the rest it is more than a screen. */
const screens = (lines: readonly Line[]): readonly (readonly Line[])[] => {
  const at = lines.findIndex(({ key }) => key.startsWith('campaign.sms.'));
  return at < 0 ? [lines] : [lines.slice(0, at), lines.slice(at)];
};

const shown = (result: Shown | null): End => {
  if (result?.is !== 'shown') return refused(result?.is ?? 'stranger');
  const choices = [...result.choices, go('campaigns', 'campaigns.title')];
  const notes = screens(result.lines);
  return { says: notes.map((some, n) => ({ notes: some, ...(n === notes.length - 1 ? { choices } : {}) })) };
};

type List =
  | { readonly is: 'stranger' | 'notAllowed' }
  | {
      readonly is: 'campaigns';
      readonly campaigns: readonly { readonly id: string; readonly state: string; readonly at: number }[];
    };

const NEW: Option = { id: 'new', value: 'new', label: line('campaigns.new') };

/** The campaigns there are, and the way to a new one; for leaders and administrators of the province. */
export const campaigns = flow(
  'campaigns',
  {
    menu: [{ order: 23, label: line('campaigns.title'), needs: 'campaigns' }],
    // "Xem chi tiết" is what the news of a campaign bid whoever has no buttons type.
    words: ['đợt nhắn tin', 'chiến dịch nhắn tin', 'chiến dịch', 'xem chi tiết', 'campaigns', 'show'],
    command: 'dotnhantin',
    needs: 'staff',
    brief: true,
  },
  function* (ask): Asking<End> {
    const list = (yield* ask.call<Json>('list', 'campaigns', {}, null)) as unknown as List | null;
    if (list?.is !== 'campaigns') return refused(list?.is ?? 'stranger');
    const options = list.campaigns.map(({ id, state, at }) => {
      const values = { id, state: line(`campaign.state.${state}`), time: { time: at } };
      return { id, value: id, label: line('campaigns.one', values) };
    });
    const picked = yield* ask.choice('item', [NEW, ...options]);
    const next = picked === 'new' ? { flow: 'newCampaign' } : { flow: 'campaign', params: { id: picked } };
    return { says: [], next };
  },
);

type Ways =
  | { readonly is: 'stranger' | 'notAllowed' }
  | { readonly is: 'ways'; readonly channels: readonly string[] };

/** Writes a campaign: what it says, whom it is for, over what, and when it is sent. Shown with its estimate as a draft, to be submitted. */
export const newCampaign = flow(
  'newCampaign',
  { words: ['soạn đợt nhắn tin', 'new campaign'], command: 'soandot', needs: 'staff' },
  function* (ask, { memory }): Asking<End> {
    const ways = (yield* ask.call<Json>('ways', 'campaignWays', {}, null)) as unknown as Ways | null;
    if (ways?.is !== 'ways') return refused(ways?.is ?? 'stranger');
    const text = yield* ask.text('text', parseCampaignText, { inline: false });
    const audience = yield* askAudience(ask, exercisingSince(memory) !== undefined);
    const order = yield* askChannels(ask, ways.channels);
    const when = yield* askWhen(ask);
    const made = yield* ask.call<Json>('made', 'draftCampaign', { text, audience, ...order, ...when }, null);
    return shown(made as unknown as Shown | null);
  },
);

const ACTS: readonly Json[] = ['submit', 'approve', 'reject', 'pause', 'resume'];

const act = function* (ask: Ask, id: string, what: string): Asking<End> {
  const result = yield* ask.call<Json>('acted', 'campaignAct', { id, do: what }, null);
  return shown(result as unknown as Shown | null);
};

/** One campaign: the buttons under the message come here; who may do what the service decides. */
export const campaign = flow('campaign', { needs: 'staff', brief: true }, (ask, { params }) =>
  act(ask, String(params.id ?? ''), ACTS.includes(params.do ?? '') ? String(params.do) : 'show'),
);

/** Ends a campaign for good: the one thing that cannot be taken back is asked about. */
export const stopCampaign = flow(
  'stopCampaign',
  { needs: 'staff', brief: true },
  function* (ask, { params }): Asking<End> {
    const id = String(params.id ?? '');
    if (yield* ask.yesNo('sure', { values: { id } })) return yield* act(ask, id, 'stop');
    return { says: [], next: { flow: 'campaign', params: { id } } };
  },
);
