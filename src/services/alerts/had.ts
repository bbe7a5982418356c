import { type Line, line } from '../../dialogue/say.ts';
import type { Outcome } from '../../domain/alert.ts';
import type { AlertBody } from './record.ts';

/** Somebody had an alert that went out again: who, until when (ms since 1970), and what they wrote about it. */
export interface Had {
  readonly name: string;
  readonly at: number;
  readonly closing?: { readonly outcome: Outcome; readonly note: string };
}

/** The card names the last ones; a message has its limit, and whoever was there before is of little use. */
const NAMED = 3;

export const withHad = (body: AlertBody, had: Had): AlertBody => ({
  ...body,
  had: [...(body.had ?? []), had].slice(-NAMED),
});

const hadLine = ({ name, at, closing }: Had): Line => {
  const values = { name, time: { time: at } };
  if (closing === undefined) return line('alert.had', values);
  const { outcome, note } = closing;
  return line('alert.had.noted', { ...values, outcome: line(`outcome.${outcome}`), note });
};

/** Who had it before, the first one first: whoever calls next should know what was tried. */
export const hadLines = ({ had = [] }: AlertBody): readonly Line[] => had.map(hadLine);
