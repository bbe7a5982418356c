import type { Ledger } from './ledger.ts';

/** A reply as it was heard; the same key means that it is the same one once more. */
export interface Message {
  readonly text: string;
  readonly key: string;
}

/** Of the first question, and nobody's answer: the one that was given would be the same press twice. */
export const OLD_CHOICE = 'no';
/** What is said to it. */
export const OLD_BUTTON = 'Nút này đã cũ';

/** Somebody's phone on one channel. Each resolves when the platform need not send it any more. */
export interface Phone {
  readonly ledger: Ledger;
  say(text: string): Promise<void>;
  /** At the same moment, one after the other. */
  burst(texts: readonly string[]): Promise<void>;
  /** Touches the newest button of this choice; false when there is none yet. */
  press(choice: string): Promise<boolean>;
  /** Touches a button that was answered long ago, while saying something else. */
  sayAndPressOld(text: string): Promise<void>;
  /** Ticks boxes at the same moment; undefined where a person cannot be that quick. */
  readonly tick?: (choices: readonly string[]) => Promise<void>;
  /** All replies that were heard, each once for each time it came. */
  heard(): Promise<readonly Message[]>;
  /** Nobody looks at it any more; what came can still be read. */
  close(): void;
}
