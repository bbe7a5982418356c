import { setTimeout as pause } from 'node:timers/promises';
import type { Phone } from './phone.ts';
import type { Random } from './random.ts';
import { type Citizen, scriptOf } from './script.ts';

/** How often people do more than type an answer and wait. */
const PRESSES = 0.4;
const BURSTS = 0.25;
const STRAYS = 0.12;
const TOGETHER = 3;
/** Longest they think (ms). */
const THINKS = 250;
/** How long they wait for a button before they type (ms). */
const WAITS = 3_000;

export interface Manners {
  /** Says one thing after the other and nothing else: the straight path. */
  readonly calm?: boolean;
  /** Longest they think between two answers (ms). */
  readonly thinks?: number;
}

const pressed = async (phone: Phone, choice: string): Promise<boolean> => {
  const until = Date.now() + WAITS;
  while (!(await phone.press(choice))) {
    if (Date.now() > until) return false;
    await pause(50);
  }
  return true;
};

/** Holds the whole talk; resolves when all of it was taken. */
export const talk = async (
  phone: Phone,
  citizen: Citizen,
  random: Random,
  { calm = false, thinks = THINKS }: Manners = {},
) => {
  const script = scriptOf(citizen);
  const does = (how: number): boolean => !calm && random.chance(how);
  for (let at = 0; at < script.length; ) {
    const [answer, ...next] = script.slice(at, at + TOGETHER);
    if (answer === undefined) return;
    const { text, press, ticks } = answer;
    const texts = [answer, ...next].map((each) => each.text);
    if (ticks !== undefined && phone.tick !== undefined && !calm) {
      await phone.tick(ticks);
      await phone.say('xong');
    } else if (next.length === TOGETHER - 1 && next.every((each) => !each.ticks) && does(BURSTS)) {
      await phone.burst(texts);
      at += next.length;
    } else if (press !== undefined && does(PRESSES)) {
      if (!(await pressed(phone, press))) await phone.say(text);
    } else if (at > 3 && does(STRAYS)) await phone.sayAndPressOld(text);
    else await phone.say(text);
    at += 1;
    if (!calm) await pause(random.between(0, thinks));
  }
};
