import type { Ask } from '../../src/dialogue/ask.ts';
import { type Asking, type End, end } from '../../src/dialogue/flow.ts';
import type { QuestionOptions } from '../../src/dialogue/question/base.ts';
import { choiceQuestion, optionsOf } from '../../src/dialogue/question/choice.ts';
import { type Option, problemTaken } from '../../src/dialogue/question/question.ts';
import { line } from '../../src/dialogue/say.ts';
import type { Json } from '../../src/domain/json.ts';
import type { Lang } from '../../src/domain/lang.ts';
import { looksLikeCode } from '../../src/domain/lookupCode.ts';
import { DECISIONS, type Decision } from '../../src/domain/passage.ts';
import { notShown } from './staff.ts';

/** A checkpoint the officer may stand at. */
export interface Station {
  readonly code: string;
  readonly name: Readonly<Record<Lang, string>>;
}

type Here =
  | { readonly is: 'stranger' | 'notAllowed' }
  | { readonly is: 'checkpoints'; readonly here: string | null; readonly all: readonly Station[] };

/** Stands in while the rest of a conversation is estimated. */
const USUAL: Json = { is: 'checkpoints', here: 'c1', all: [{ code: 'c1', name: { vi: '–', en: '–' } }] };

const optionOf = ({ code, name }: Station): Option => ({ id: code, value: code, label: { named: name } });

const NOWHERE = 'none';
const nowhere: Option = { id: NOWHERE, value: NOWHERE, label: line('passage.at.none') };

/** Where the officer stands: as they said last, else asked for. With `change` asked in any case: null, they have left. */
export function* askStation(ask: Ask, change = false): Asking<Station | null | End> {
  const here = (yield* ask.call<Json>('here', 'standAtCheckpoint', {}, USUAL)) as unknown as Here;
  if (here.is !== 'checkpoints') return notShown(here.is, 'staff.notForRole');
  if (here.all.length === 0) return end(line('passage.noCheckpoint'));
  const now = here.all.find(({ code }) => code === here.here);
  if (now !== undefined && !change) return now;
  const options = [...here.all.map(optionOf), ...(change ? [nowhere] : [])];
  const checkpoint = yield* ask.choice('at', options, { say: 'passage.at' });
  yield* ask.call<Json>('stand', 'standAtCheckpoint', { checkpoint }, USUAL);
  return here.all.find(({ code }) => code === checkpoint) ?? null;
}

const DECIDE = optionsOf(
  'passage.decision',
  DECISIONS.map((id) => ({ id })),
);

/** What is decided about a traveller. The next one's code, typed meanwhile, must not look as if this one were noted. */
export const askDecision = (ask: Ask, values: NonNullable<QuestionOptions['values']>): Asking<Decision> =>
  ask.own<Decision>('decision', (who) => {
    const question = choiceQuestion(who, DECIDE, { say: 'passage.decide', values });
    return {
      ...question,
      take: (event, env) =>
        event.type === 'text' && looksLikeCode(event.text)
          ? problemTaken('passage.undecided')
          : question.take(event, env),
    };
  });
