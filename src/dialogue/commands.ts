import { LANGS } from '../domain/lang.ts';
import { fold } from '../domain/text.ts';
import { advance, reviewKeys, standing } from './advance.ts';
import { cancel, drop, type InChat, resume } from './drafts.ts';
import { draftOf, openRun, putAside, showMenu } from './open.ts';
import { leaveQuestion, removeRun, setAnswer, takeBack } from './run.ts';
import { type Line, line } from './say.ts';
import { control, keptAnswer, reviewable } from './show.ts';
import type { Run } from './state.ts';
import { active, offer, say, type Turn, updateRun } from './turn.ts';
import type { CommandName } from './vocabulary.ts';
import type { Passed, Standing } from './walk.ts';
import { type Command, readGo } from './words.ts';

type Asked = Extract<Standing, { at: 'ask' }>;

/** A command within a run gets the run and where it stands; it leaves the run changed, or a note. */
type InRun = (turn: Turn, run: Run, at: Asked, argument: string | undefined) => void;

const note = (turn: Turn, said: Line): void => {
  turn.notes.push(said);
};

const reopen = (run: Run, at: Asked, { question, value }: Passed): Run =>
  takeBack(run, { key: question.key, value, trail: at.trail, reviews: reviewKeys(at) });

const back: InRun = (turn, run, at) => {
  if (run.editing || run.narrow || run.waiting) {
    updateRun(turn, leaveQuestion(run));
    return;
  }
  const last = at.passed.findLast(({ preset }) => !preset);
  if (last === undefined) note(turn, line('engine.firstQuestion'));
  else updateRun(turn, reopen(run, at, last));
};

const skip: InRun = (turn, run, { question }) => {
  if (question.optional) updateRun(turn, setAnswer(run, question.key, null));
  else note(turn, line('engine.cannotSkip'));
};

const keep: InRun = (turn, run, { question }) => {
  const kept = keptAnswer(run, question, turn.env);
  if (kept === undefined) note(turn, line('engine.nothingToKeep'));
  else updateRun(turn, setAnswer(run, question.key, kept));
};

/** The answer somebody names: its key, its number in the list, or words of its label that name no other. */
export const findPassed = (turn: Turn, passed: readonly Passed[], named: string): Passed | undefined => {
  const items = reviewable(passed);
  const words = fold(named);
  const labels = ({ question }: Passed) =>
    LANGS.map((lang) => fold(turn.env.renderer.line(lang, question.label)));
  const exact = items.filter((item) => labels(item).includes(words));
  const close = items.filter((item) => words !== '' && labels(item).some((label) => label.includes(words)));
  const [only, ...others] = exact.length > 0 ? exact : close;
  return (
    passed.find(({ question }) => question.key === named) ??
    items[Number(words) - 1] ??
    (others.length === 0 ? only : undefined)
  );
};

const edit: InRun = (turn, run, at, argument) => {
  const items = reviewable(at.passed).length;
  if (items === 0) return note(turn, line('engine.nothingToEdit'));
  const found = argument === undefined ? undefined : findPassed(turn, at.passed, argument);
  if (found !== undefined) return updateRun(turn, reopen(run, at, found));
  if (argument !== undefined)
    note(turn, line('problem.choice', { max: Math.min(items, turn.env.limits.choicesPerPage) }));
  updateRun(turn, { ...leaveQuestion(run), editing: true });
};

const page =
  (by: number): InRun =>
  (turn, run) => {
    updateRun(turn, { ...run, page: Math.max(0, (run.page ?? 0) + by) });
  };

const again: InRun = (turn, run) => {
  updateRun(turn, leaveQuestion(run));
  note(turn, line('engine.typeAgain'));
};

const helpHere: InRun = (turn, _run, { question }) => {
  note(turn, question.help ?? line('engine.help.general'));
};

/** The question stands as it was, and nothing was wrong. */
const thanksHere: InRun = (turn) => note(turn, line('engine.welcome'));

/** The question stands as it was, and is asked once more. */
const repeat: InRun = () => undefined;

const IN_RUN: Partial<Record<CommandName, InRun>> = {
  back,
  skip,
  keep,
  edit,
  again,
  more: page(1),
  less: page(-1),
  help: helpHere,
  repeat,
  thanks: thanksHere,
};

const go: InChat = (turn, argument = '') => {
  const { flow, params } = readGo(argument);
  return openRun(turn, flow, params);
};

const fresh: InChat = (turn, argument = '') => {
  const { flow, params } = readGo(argument);
  const draft = draftOf(turn, flow, params);
  if (draft !== undefined) turn.state = removeRun(turn.state, draft.id);
  return openRun(turn, flow, params, true);
};

const language: InChat = (turn) => {
  offer(
    turn,
    line('engine.language.ask'),
    LANGS.map((lang) => ({ id: `/lang:${lang}`, label: line(`lang.${lang}`) })),
  );
  return false;
};

const lang: InChat = (turn, argument) => {
  const chosen = LANGS.find((one) => one === argument);
  if (chosen === undefined) return language(turn, undefined);
  turn.state = { ...turn.state, lang: chosen };
  note(turn, line('engine.language.set'));
  if (active(turn) === undefined) showMenu(turn);
  return true;
};

const help: InChat = (turn) => {
  note(turn, line('engine.help.general'));
  showMenu(turn);
  return false;
};

/** The last word of many talks: no list of what else could be done. */
const thanks: InChat = (turn) => {
  say(turn, { notes: [line('engine.welcome')], choices: [control('/menu', line('engine.menu'))] });
  return false;
};

const person: InChat = (turn) => openRun(turn, 'feedback', { about: 'help' });

const menu: InChat = (turn) => {
  putAside(turn);
  showMenu(turn);
  return false;
};

const IN_CHAT: Partial<Record<CommandName, InChat>> = {
  cancel,
  resume,
  drop,
  go,
  fresh,
  language,
  lang,
  help,
  thanks,
  person,
  menu,
};

/** Carries out a command. What only makes sense inside a conversation shows the menu when there is none. */
export const runCommand = (turn: Turn, { name, argument }: Command): void => {
  turn.outcome = 'command';
  const run = active(turn);
  const at = run === undefined ? undefined : standing(turn, run);
  const inRun = IN_RUN[name];
  if (inRun !== undefined && run !== undefined && at !== undefined) {
    // A flow that has changed may have nothing left to ask: then it just goes on.
    if (at.at === 'ask') inRun(turn, run, at, argument);
    return advance(turn);
  }
  const inChat = IN_CHAT[name] ?? menu;
  if (inChat(turn, argument)) advance(turn);
};
