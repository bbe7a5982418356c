import { FLOWS } from '../../flows/index.ts';
import type { Flow, Request } from '../../src/dialogue/flow.ts';
import { NONE } from '../../src/dialogue/question/choice.ts';
import type { Question } from '../../src/dialogue/question/question.ts';
import { reviewQuestion } from '../../src/dialogue/question/review.ts';
import type { Value } from '../../src/dialogue/say.ts';
import { dayOf } from '../../src/domain/day.ts';
import type { Json } from '../../src/domain/json.ts';
import { NOW } from './talk.ts';
import { FOREIGN_CODE, OWN_CODE, WORLDS } from './world.ts';

/** With what a conversation may be begun. */
const STARTS: readonly { readonly [name: string]: Json }[] = [
  {},
  { whom: 'other' },
  { id: 'd1' },
  { said: OWN_CODE },
  { said: `${FOREIGN_CODE.slice(0, 10)}0` },
  { about: 'help' },
  { id: 'a1', do: 'claim' },
];

type Given = Readonly<Record<string, Json>>;

/** Everything a flow can ask and say, as far as trying each answer of each question once leads. */
export interface Explored {
  readonly flow: Flow;
  readonly questions: readonly Question[];
  /** Catalogue keys in questions, buttons and closing words. */
  readonly keys: ReadonlySet<string>;
}

const questionOf = (request: Request): Question | undefined => {
  if ('ask' in request) return request.ask;
  return 'review' in request ? reviewQuestion(request.review) : undefined;
};

/** Years on both sides of every age that a flow may ask about, beside the usual one. */
const BIRTHS = ['2020', '1990'];

const answersTo = (question: Question): readonly Json[] => [
  question.preset ?? question.usual,
  question.usual,
  ...question.options.map(({ id, value }) => (question.several && id !== NONE ? [id] : value)),
  ...(question.optional ? [null] : []),
  ...(question.usual === '1990' ? BIRTHS : []),
  ...(question.key.endsWith('.id') ? ['C1234567'] : []),
  ...(question.key.endsWith('.route') ? [{ from: { code: '01', said: '' } }] : []),
];

const resultsOf = ({ name, args, usual }: Extract<Request, { call: unknown }>['call']): readonly Json[] => {
  const told = Object.values(WORLDS).flatMap((world) => {
    const service = world[name];
    return service === undefined ? [] : [service(args, {}).value];
  });
  const known = new Map([usual, ...told].map((value) => [JSON.stringify(value), value]));
  return [...known.values()];
};

const keysIn = (value: Value): readonly string[] => {
  if (typeof value !== 'object') return [];
  if ('key' in value) return [value.key, ...Object.values(value.values ?? {}).flatMap(keysIn)];
  return 'list' in value ? value.list.flatMap(keysIn) : [];
};

const questionKeys = ({ text, which, label, help, options, easier }: Question): readonly string[] => [
  ...keysIn(text),
  ...keysIn(which),
  ...keysIn(label),
  ...(help === undefined ? [] : keysIn(help)),
  ...[...options, ...easier].flatMap(({ label, short }) => [...keysIn(label), ...keysIn(short ?? '')]),
];

export const explore = (flow: Flow): Explored => {
  const questions = new Map<string, Question>();
  const keys = new Set<string>([`${flow.name}.title`]);
  const add = (...found: readonly string[]): void => {
    for (const key of found) keys.add(key);
  };
  for (const entry of flow.menu ?? []) add(...keysIn(entry.label));
  const tried = new Set<string>();
  const toTry: { readonly params: Given; readonly given: Given }[] = STARTS.map((params) => ({
    params,
    given: {},
  }));
  const choose = (params: Given, given: Given, key: string, values: readonly Json[]): Json => {
    for (const value of values) {
      const id = JSON.stringify([params, key, value]);
      if (!tried.has(id)) toTry.push({ params, given: { ...given, [key]: value } });
      tried.add(id);
    }
    return given[key] ?? (key in given ? null : (values[0] ?? null));
  };
  for (let next = toTry.shift(); next !== undefined; next = toTry.shift()) {
    const { params, given } = next;
    const walker = flow.body({ params, memory: { staff: 's1' }, today: dayOf(NOW) });
    let step = walker.next();
    while (!step.done && !('reject' in step.value)) {
      const question = questionOf(step.value);
      if (question !== undefined) {
        questions.set(`${question.key}|${question.text.key}`, question);
        add(...questionKeys(question));
        step = walker.next(choose(params, given, question.key, answersTo(question)));
      } else if ('call' in step.value) {
        const { call } = step.value;
        step = walker.next(choose(params, given, call.key, resultsOf(call)));
      }
    }
    if (!step.done && 'reject' in step.value) keys.add(step.value.reject.problem.key);
    if (!step.done) continue;
    for (const { notes, choices = [] } of step.value.says) {
      add(...notes.flatMap(keysIn), ...choices.flatMap(({ label }) => keysIn(label)));
    }
  }
  return { flow, questions: [...questions.values()], keys };
};

export const exploreAll = (): readonly Explored[] => FLOWS.map(explore);
