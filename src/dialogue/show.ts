import type { Json } from '../domain/json.ts';
import { DONE } from './question/choice.ts';
import type { Env, Question } from './question/question.ts';
import { type Choice, type Line, line, type Progress, type Say, type Value } from './say.ts';
import type { Run } from './state.ts';
import { say, type Turn, updateRun } from './turn.ts';
import type { Passed, Standing } from './walk.ts';

type Asked = Extract<Standing, { at: 'ask' }>;

export const control = (id: string, label: Line): Choice => ({ id, label, control: true });

/** The answers that can be looked over and edited. */
export const reviewable = (passed: readonly Passed[]): readonly Passed[] =>
  passed.filter(({ question }) => !question.hidden);

const shown = ({ question, value }: Passed): Value =>
  value === null ? line('word.skipped') : question.show(value);

/** What was skipped says nothing, and a small screen is full: it can be added from the list of what to edit. */
const reviewNotes = (passed: readonly Passed[]): readonly Line[] =>
  reviewable(passed.filter(({ value }) => value !== null)).map((item) =>
    line('engine.item', { label: item.question.label, value: shown(item) }),
  );

/** What an ambiguous answer to this question may mean; a flow that has changed may not take it any more. */
export const narrowTo = (run: Run, question: Question, env: Env): readonly Json[] | undefined =>
  run.narrow?.key === question.key && run.narrow.values.every((value) => question.fits(value, env))
    ? run.narrow.values
    : undefined;

/** What stands to choose from: candidates of an ambiguous answer, the easier list, or the question's own options. */
const candidates = (run: Run, question: Question, env: Env): readonly Choice[] => {
  const narrow = narrowTo(run, question, env);
  if (narrow !== undefined) {
    const found = narrow.map((value, index) => ({ id: `n${index}`, label: question.show(value) }));
    return [...found, { id: '/again', label: line('engine.noneOfThese') }];
  }
  const eased = run.tries >= env.limits.tries;
  const options = eased ? [...question.options, ...question.easier] : question.options;
  const picked = run.picked?.key === question.key ? run.picked.ids : [];
  return options.map(({ id, label }) => (picked.includes(id) ? { id, label, picked: true } : { id, label }));
};

/** A last page with one choice alone is a page too much: the one before it lends it another. */
const pageOf = (choices: readonly Choice[], page: number, size: number): readonly Choice[] => {
  if (choices.length <= size) return choices;
  const last = Math.ceil(choices.length / size) - 1;
  const at = Math.min(page, last);
  const lent = choices.length % size === 1 ? 1 : 0;
  const start = (of: number): number => of * size - (of === last ? lent : 0);
  const end = at < last ? start(at + 1) : choices.length;
  return [
    ...choices.slice(start(at), end),
    ...(at > 0 ? [control('/less', line('engine.less'))] : []),
    ...(at < last ? [control('/more', line('engine.more'))] : []),
  ];
};

/** The answer that was taken back and can be kept as it was. */
export const keptAnswer = (run: Run, question: Question, env: Env): Json | undefined => {
  const kept = run.was[question.key] ?? undefined;
  return kept !== undefined && question.fits(kept, env) ? kept : undefined;
};

const controls = (run: Run, { question, passed }: Asked, env: Env): readonly Choice[] => {
  const kept = keptAnswer(run, question, env);
  return [
    ...(question.several ? [control(DONE, line('engine.done'))] : []),
    ...(kept === undefined ? [] : [control('/keep', line('engine.keep', { value: question.show(kept) }))]),
    ...(question.optional ? [control('/skip', line('engine.skip'))] : []),
    ...(question.kind === 'review' ? [control('/edit', line('engine.edit'))] : []),
    ...(run.tries >= env.limits.tries ? [control('/person', line('engine.person'))] : []),
    passed.some(({ preset }) => !preset)
      ? control('/back', line('engine.back'))
      : control('/menu', line('engine.menu')),
  ];
};

/** Which answer to edit: a list of all of them. */
const showEditList = (turn: Turn, run: Run, passed: readonly Passed[]): Say => {
  const items = reviewable(passed).map((item) => ({
    id: `/edit:${item.question.key}`,
    label: line('engine.item.short', { label: item.question.label, value: shown(item) }),
  }));
  const paged = pageOf(items, run.page ?? 0, turn.env.limits.choicesPerPage);
  return say(turn, {
    ask: line('engine.edit.which'),
    choices: [...paged, control('/back', line('engine.back'))],
  });
};

const progressOf = ({ passed, left, question }: Asked): Progress | undefined => {
  if (question.hidden) return undefined;
  const done = reviewable(passed).filter(({ preset }) => !preset).length;
  const of = done + left();
  return of === 1 ? undefined : { at: done + 1, of };
};

const isWaiting = ({ waiting }: Run, { key }: Question): boolean => waiting?.key === key;

/** What came of the answer before; what is still read may change it. */
const tells = (run: Run, question: Question): Partial<Pick<Say, 'notes' | 'file'>> => {
  const { notes, file } = isWaiting(run, question) ? {} : (question.tells ?? {});
  const first = run.asked?.key !== question.key;
  return { ...(notes && { notes }), ...(file && first && { file }) };
};

const asking = (run: Run, question: Question, env: Env): Line => {
  if (isWaiting(run, question))
    return line(question.kind === 'file' ? 'engine.working.file' : 'engine.working');
  return narrowTo(run, question, env) === undefined ? question.text : question.which;
};

/** Asks the question a run stands at, as one message. */
export const showQuestion = (turn: Turn, run: Run, standing: Asked): void => {
  const { question, passed } = standing;
  const { env } = turn;
  if (run.editing) {
    const list = showEditList(turn, run, passed);
    updateRun(turn, {
      ...run,
      asked: { key: '/edit', turn: run.asked?.key === '/edit' ? run.asked.turn : list.turn },
    });
    return;
  }
  const progress = progressOf(standing);
  // While a file is read there is nothing to choose: whoever is done would lose it.
  const choices = question.kind === 'file' && isWaiting(run, question) ? [] : candidates(run, question, env);
  const said = say(turn, {
    ...(question.kind === 'review' ? { notes: reviewNotes(passed) } : {}),
    ...tells(run, question),
    ask: asking(run, question, env),
    ...(progress === undefined ? {} : { progress }),
    choices: [
      ...(question.several ? choices : pageOf(choices, run.page ?? 0, env.limits.choicesPerPage)),
      ...controls(run, standing, env),
    ],
    ...(question.several ? { several: true as const } : {}),
    input: question.input,
  });
  const first = run.asked?.key === question.key ? run.asked.turn : said.turn;
  updateRun(turn, { ...run, asked: { key: question.key, turn: first } });
};
