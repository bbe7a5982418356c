import { advance } from './advance.ts';
import { answer } from './answer.ts';
import { accepted, labelled, menuCommand, numbered } from './buttons.ts';
import { runCommand } from './commands.ts';
import type { PersonEvent } from './event.ts';
import { heed } from './heed.ts';
import { commandOf } from './meant.ts';
import { openRun, ownFlows, showMenu } from './open.ts';
import { line } from './say.ts';
import { active, type Turn } from './turn.ts';
import { flowSpokenOf, pressedCommand } from './words.ts';

/** Commands that belong to the chat: their buttons stay good however old they are. */
const ALWAYS = new Set(['go', 'lang', 'language', 'resume', 'drop', 'fresh', 'menu', 'help', 'person']);

type Press = Extract<PersonEvent, { type: 'choice' }>;

const freshness = (turn: Turn, event: Press): 'good' | 'double' | 'stale' => {
  const { pressed } = turn.state;
  const ids = event.ids.join();
  const again = pressed !== undefined && pressed.turn === event.turn && pressed.ids.join() === ids;
  if (again && turn.env.now - pressed.at < turn.env.limits.doublePress) return 'double';
  const command = pressedCommand(event.ids[0] ?? '');
  if (event.turn === undefined || (command !== undefined && ALWAYS.has(command.name))) return 'good';
  const asked = active(turn)?.asked;
  if (asked !== undefined && event.turn >= asked.turn) return 'good';
  return again ? 'double' : 'stale';
};

const onStale = (turn: Turn): void => {
  turn.notes.push(line('engine.stale'));
  if (active(turn) === undefined) showMenu(turn);
  else advance(turn);
  turn.outcome = 'stale';
};

const onPress = (turn: Turn, event: Press): void => {
  const fresh = freshness(turn, event);
  if (fresh === 'double') turn.outcome = 'stale';
  if (fresh === 'stale') onStale(turn);
  if (fresh !== 'good') return;
  if (event.turn !== undefined) {
    turn.state = { ...turn.state, pressed: { turn: event.turn, ids: event.ids, at: turn.env.now } };
  }
  const command = pressedCommand(event.ids[0] ?? '');
  if (command !== undefined) runCommand(turn, command);
  else if (active(turn) !== undefined) answer(turn, event);
  else onStale(turn);
};

/** A code that begins its own conversation: one of a link that was opened, or one that can be nothing else. */
const openedBy = (turn: Turn, text: string): { readonly name: string; readonly said: string } | undefined => {
  const link = /^\/start(?:@\w+)? (\S+)$/.exec(text.trim())?.[1];
  const said = link ?? text;
  const found = ownFlows(turn).find(
    ({ opens, anywhere }) => opens?.(said) === true && (link !== undefined || anywhere?.(said) === true),
  );
  return found === undefined || found.name === active(turn)?.flow ? undefined : { name: found.name, said };
};

const onIdleText = (turn: Turn, text: string): void => {
  const command = labelled(turn, text) ?? menuCommand(turn, text) ?? accepted(turn, text);
  if (command !== undefined) return runCommand(turn, command);
  const flows = ownFlows(turn);
  const opened = flows.find(({ opens }) => opens?.(text) === true)?.name;
  const name = opened ?? flowSpokenOf(text, flows);
  if (name === undefined) return heed(turn, text) ? undefined : notUnderstood(turn);
  if (openRun(turn, name, opened === undefined ? {} : { said: text })) advance(turn);
};

const notUnderstood = (turn: Turn): void => {
  if (turn.state.turn > 0) turn.notes.push(line('engine.unknown'));
  showMenu(turn);
  turn.outcome = 'unknown';
};

/** Words for a question that this chat has not shown answer something else: it is asked here first. */
const onElsewhere = (turn: Turn): void => {
  turn.outcome = 'ignored';
  turn.notes.push(line('engine.elsewhere'));
  advance(turn);
};

const onText = (turn: Turn, text: string, elsewhere = false): void => {
  const short = text.length <= turn.env.limits.answerLength;
  const opened = short ? openedBy(turn, text) : undefined;
  if (opened !== undefined) {
    if (openRun(turn, opened.name, { said: opened.said })) advance(turn);
    return;
  }
  if (elsewhere && active(turn) !== undefined && commandOf(turn, text) === undefined)
    return onElsewhere(turn);
  const id = short ? numbered(turn, text) : undefined;
  const command = id !== undefined ? pressedCommand(id) : short ? commandOf(turn, text) : undefined;
  if (command !== undefined) return runCommand(turn, command);
  if (active(turn) === undefined) return short ? onIdleText(turn, text) : notUnderstood(turn);
  answer(turn, id === undefined ? { type: 'text', text } : { type: 'choice', ids: [id] });
};

/** An old message was changed: the answer it gave stays as it is, and whoever meant to mend it is told how. */
const onEdited = (turn: Turn): void => {
  turn.outcome = 'ignored';
  if (active(turn) === undefined) return;
  turn.notes.push(line('engine.edited'));
  advance(turn);
};

/** What a person did: a press, a text, a command, something shared. */
export const onPerson = (turn: Turn, event: PersonEvent): void => {
  if (event.type === 'choice') return onPress(turn, event);
  if (event.type === 'text') return onText(turn, event.text, event.elsewhere);
  if (event.type === 'command')
    return onText(turn, `/${event.name}${event.argument ? ` ${event.argument}` : ''}`);
  if (event.type === 'unsupported' && event.what === 'edited') return onEdited(turn);
  if (active(turn) !== undefined) return answer(turn, event);
  notUnderstood(turn);
};
