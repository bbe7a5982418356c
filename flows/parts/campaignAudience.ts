import type { Ask } from '../../src/dialogue/ask.ts';
import type { Asking } from '../../src/dialogue/flow.ts';
import { optionsOf } from '../../src/dialogue/question/choice.ts';
import { MEANS } from '../../src/domain/declaration.ts';
import type { Json } from '../../src/domain/json.ts';
import { askLists } from './campaignList.ts';

const KINDS = optionsOf(
  'audience',
  ['all', 'communes', 'means', 'notDeclared', 'vehicles', 'operators', 'list'].map((id) => ({ id })),
);
const MEANS_OPTIONS = optionsOf(
  'means',
  MEANS.map((id) => ({ id })),
);

/** More are named by a command. */
const MOST_COMMUNES = 10;

function* askCommunes(ask: Ask): Asking<readonly string[]> {
  const areas: string[] = [];
  for (let n = 1; n <= MOST_COMMUNES; n += 1) {
    const { code } = yield* ask.place(`commune.${n}`, { say: 'newCampaign.commune' });
    areas.push(code);
    if (!(yield* ask.yesNo(`more.${n}`, { say: 'newCampaign.more' }))) break;
  }
  return areas;
}

/** Whom a campaign is for. No means chosen is any means. In an exercise lists are kept with what else is practised. */
export function* askAudience(ask: Ask, exercise: boolean): Asking<Json> {
  const kind = yield* ask.choice('audience', KINDS);
  if (kind === 'communes') return { kind, areas: [...(yield* askCommunes(ask))] };
  if (kind === 'means') return { kind, means: [...(yield* ask.choices('means', MEANS_OPTIONS))] };
  if (kind === 'list') return { kind, lists: [...(yield* askLists(ask, exercise))] };
  return kind === 'vehicles' || kind === 'operators' ? { kind, plates: [] } : { kind };
}
