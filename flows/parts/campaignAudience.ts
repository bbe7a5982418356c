import type { Ask } from '../../src/dialogue/ask.ts';
import type { Asking } from '../../src/dialogue/flow.ts';
import { optionsOf } from '../../src/dialogue/question/choice.ts';
import { MEANS } from '../../src/domain/declaration.ts';
import type { Json } from '../../src/domain/json.ts';

/** Kinds that can be chosen in a chat; a list of numbers is a file, and comes in by a command. */
const KINDS = optionsOf(
  'audience',
  ['all', 'communes', 'means', 'notDeclared', 'vehicles', 'operators'].map((id) => ({ id })),
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

/** Whom a campaign is for. No means chosen is any means. */
export function* askAudience(ask: Ask): Asking<Json> {
  const kind = yield* ask.choice('audience', KINDS);
  if (kind === 'communes') return { kind, areas: [...(yield* askCommunes(ask))] };
  if (kind === 'means') return { kind, means: [...(yield* ask.choices('means', MEANS_OPTIONS))] };
  return kind === 'vehicles' || kind === 'operators' ? { kind, plates: [] } : { kind };
}
