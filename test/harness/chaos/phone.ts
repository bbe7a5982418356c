import type { Ledger } from './ledger.ts';

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
  /** All that was heard, each message once for each time it came. */
  heard(): Promise<readonly { readonly text: string; readonly key: string }[]>;
  close(): void;
}
