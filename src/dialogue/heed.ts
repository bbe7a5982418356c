import { foldMarked, toneless } from '../domain/text.ts';
import type { Flow } from './flow.ts';
import { greet, menuEntries, ownFlows } from './open.ts';
import { line } from './say.ts';
import { control } from './show.ts';
import { offer, type Turn } from './turn.ts';

const spaced = (text: string): string => ` ${text.replace(/[^\p{L}\p{N}]+/gu, ' ')} `;

/** The flows that heed what is told. Who writes marks means them: "ho" is a cough, "họ" is not. */
const heedingFlows = (raw: string, flows: readonly Flow[]): readonly Flow[] => {
  const marked = spaced(foldMarked(raw));
  const form = marked === toneless(marked) ? toneless : (word: string) => word;
  return flows.filter(({ heeds }) => heeds?.words.some((word) => marked.includes(spaced(form(word)))));
};

/**
 * Heeds what somebody tells who asks for nothing ("khó thở quá"): a sentence, and what the flows that know its words
 * have in the menu. Returns whether there was anything to heed.
 */
export const heed = (turn: Turn, text: string): boolean => {
  const flows = heedingFlows(text, ownFlows(turn));
  const [first] = flows.flatMap(({ heeds }) => heeds ?? []);
  if (first === undefined) return false;
  greet(turn);
  turn.notes.push(first.say);
  offer(turn, line('engine.menu.ask'), [...menuEntries(turn, flows), control('/menu', line('engine.menu'))]);
  // Nothing is begun and nothing was asked: for the figures it is a text that fitted nowhere.
  turn.outcome = 'unknown';
  return true;
};
