import { LANGS } from '../domain/lang.ts';
import { fold } from '../domain/text.ts';
import { menuEntries } from './open.ts';
import { parseOrdinal } from './parse/simple.ts';
import { parseYesNo } from './parse/yesNo.ts';
import type { Value } from './say.ts';
import type { Turn } from './turn.ts';
import { type Command, pressedCommand } from './words.ts';

/** The ids behind the numbers of the last message, so that "2" does what the second button does. */
export const numbered = (turn: Turn, text: string): string | undefined => {
  const ordinal = parseOrdinal(text);
  return ordinal === null ? undefined : turn.state.numbered?.[ordinal - 1];
};

const isLabel = ({ env: { renderer } }: Turn, label: Value, text: string): boolean =>
  LANGS.map((lang) => fold(renderer.value(lang, label))).includes(fold(text));

/**
 * The one button of the last message with these words. After the commands: "đóng" may be about an alert that came in
 * since, and a question that is open has its own words.
 */
export const labelled = (turn: Turn, text: string): Command | undefined => {
  const { labels = [], numbered = [] } = turn.state;
  const [id, ...others] = numbered.filter((_, at) => {
    const label = labels[at];
    return label !== undefined && isLabel(turn, label, text);
  });
  return id === undefined || others.length > 0 ? undefined : pressedCommand(id);
};

/** A button of the menu, typed by what stands on it. */
export const menuCommand = (turn: Turn, text: string): Command | undefined => {
  const entry = menuEntries(turn).find(({ label }) => isLabel(turn, label, text));
  return entry === undefined ? undefined : pressedCommand(entry.id);
};

/** "Có" to the offer to go on with a draft. */
export const accepted = ({ state: { numbered } }: Turn, text: string): Command | undefined => {
  const command = parseYesNo(text) === true ? pressedCommand(numbered?.[0] ?? '') : undefined;
  return command?.name === 'resume' ? command : undefined;
};
