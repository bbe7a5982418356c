import type { Ask } from '../src/dialogue/ask.ts';
import { type Asking, type End, end, flow } from '../src/dialogue/flow.ts';
import { optionsOf } from '../src/dialogue/question/choice.ts';
import type { Option } from '../src/dialogue/question/question.ts';
import { type Line, line } from '../src/dialogue/say.ts';
import type { Symptom } from '../src/domain/declaration.ts';
import type { Json } from '../src/domain/json.ts';
import { ok, type Parse } from '../src/domain/parsed.ts';
import { parseTemperature, temperatureButtons, USUAL_FOLLOW_UP } from '../src/domain/reminders/followUp.ts';
import { fold } from '../src/domain/text.ts';
import { symptomOptions } from './parts/health.ts';
import { EMERGENCY } from './parts/signs.ts';

interface Watched {
  readonly [key: string]: Json;
  readonly id: string;
  readonly name: string;
  /** °C that count as a fever; not in conversations from before it was told. */
  readonly fever?: number;
}

const HOW = optionsOf('followUp.how', [
  { id: 'well', words: ['khoe', 'toi khoe', 'tot'] },
  { id: 'unwell', words: ['met', 'toi met', 'khong khoe', 'om'] },
]);
const temperatures = (fever = USUAL_FOLLOW_UP.fever): readonly Option[] =>
  temperatureButtons({ fever }).map(({ id, degrees }) => {
    const values = Object.entries(degrees).map(([name, value]) => [name, { degrees: value }] as const);
    return { id, value: id, label: line(`followUp.temperature.${id}`, Object.fromEntries(values)) };
  });

/** What stands on the buttons of the question, and what is answered to it as readily; "mệt" alone may be anybody's. */
const SAID: ReadonlyMap<string, 'well' | 'unwell'> = new Map([
  ['binh thuong', 'well'],
  ['van binh thuong', 'well'],
  ['khoe', 'well'],
  ['toi khoe', 'well'],
  ['as usual', 'well'],
  ['thay met co dau hieu benh', 'unwell'],
  // As the button was called before.
  ['thay met co trieu chung', 'unwell'],
  ['unwell with symptoms', 'unwell'],
]);
/** Where the temperature is asked they are nobody else's words. */
const SAID_HERE: ReadonlyMap<string, 'well' | 'unwell'> = new Map([
  ...SAID,
  ...HOW.flatMap(({ id, words = [] }) => words.map((word) => [word, id as 'well' | 'unwell'] as const)),
]);
const heard = (said: string, known = SAID): 'well' | 'unwell' | undefined =>
  known.get(
    fold(said)
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim(),
  );

/** A temperature; or how somebody is, which answers the next round's question while that of this one stands open. */
const temperatureOrHow: Parse<string> = (raw) =>
  heard(raw, SAID_HERE) === undefined ? parseTemperature(raw) : ok(raw);

function* askWhom(ask: Ask, watched: readonly Watched[]): Asking<string> {
  const [only, ...others] = watched;
  if (only !== undefined && others.length === 0) return only.id;
  return yield* ask.choice(
    'whom',
    watched.map(({ id, name }) => ({ id, value: id, label: name })),
  );
}

const said = ({ staff, hotline }: { readonly staff: string; readonly hotline: string }): readonly Line[] => [
  line('declared.emergency', { number: EMERGENCY }),
  line(`declared.staff.${staff}`),
  line('declared.call', { hotline }),
];

type Answered =
  | { readonly is: 'gone' | 'well' }
  | { readonly is: 'bad'; readonly staff: string; readonly hotline: string };

interface Round {
  readonly id?: string;
  readonly how?: string | undefined;
}

/** One round's answer. A text: another round had begun meanwhile, and this is how they are now. */
function* round(ask: Ask, given: Round): Asking<End | 'well' | 'unwell'> {
  const named = given.id === undefined ? {} : { id: given.id };
  const usual = ['0', '1'].map((id) => ({ id, name: id }));
  const watched = yield* ask.call<readonly Watched[]>('watched', 'watchedHere', named, usual);
  if (watched.length === 0) return end(line('followUp.none'));
  const id = yield* askWhom(ask, watched);
  const preset = HOW.find((option) => option.id === given.how)?.value;
  const how = yield* ask.choice('how', HOW, { preset });
  const temperature = yield* ask.text('temperature', temperatureOrHow, {
    options: temperatures(watched[0]?.fever),
    usual: '36.9',
    inline: false,
  });
  const now = heard(temperature, SAID_HERE);
  if (now !== undefined) return now;
  const symptoms =
    how === 'unwell' ? ((yield* ask.choices('symptoms', symptomOptions)) as readonly Symptom[]) : [];
  const args = { id, how, temperature, symptoms };
  const answer = (yield* ask.call<Json>('answered', 'answerFollowUp', args, {
    is: 'well',
  })) as unknown as Answered;
  if (answer.is === 'bad') return end(...said(answer));
  return end(line(answer.is === 'well' ? 'followUp.thanks' : 'followUp.none'));
}

/** How somebody under monitoring is: two taps when all is well. */
export const followUp = flow(
  'followUp',
  {
    words: ['theo dõi sức khỏe', 'báo sức khỏe', 'health check'],
    command: 'suckhoe',
    opens: (text) => heard(text) !== undefined,
    brief: true,
  },
  function* (ask, { params }): Asking<End> {
    const named = typeof params.id === 'string' ? { id: params.id } : {};
    const how = typeof params.how === 'string' ? params.how : heard(String(params.said ?? ''));
    let done = yield* round(ask, { ...named, how });
    for (let again = 2; typeof done === 'string'; again += 1)
      done = yield* round(ask.in(`again${again}`, 'followUp'), { how: done });
    return done;
  },
);
