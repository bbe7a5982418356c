import { whoIs } from './check-updates.ts';
import type { Findings } from './findings.ts';
import { type Message, OLD_BUTTON, type Phone } from './phone.ts';
import { type Citizen, idNumberOf, nameOf, phoneOf } from './script.ts';

const SEAT = /ghế \d+/g;
/** Its last sign is a check, of an alphabet that is longer by five. */
const CODE = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}[0-9A-Z*~$=]/g;
/** A run may last past midnight: what is valid until when is another day then. */
const DATE = /\d{1,2}\/\d{1,2}(\/\d{4})?/g;

/** What was said, with what is the person's own taken out. */
const saidTo = (citizen: Citizen, text: string): string =>
  text
    .replaceAll(nameOf(citizen), 'NAME')
    .replaceAll(idNumberOf(citizen), 'ID')
    .replaceAll(phoneOf(citizen), 'PHONE')
    .replaceAll(SEAT, 'SEAT')
    .replaceAll(CODE, 'CODE')
    .replaceAll(DATE, 'DATE');

/** All that is said to somebody on the straight path, each sentence once. */
export const repliesOn = async (citizen: Citizen, phone: Phone): Promise<ReadonlySet<string>> =>
  new Set((await phone.heard()).map(({ text }) => saidTo(citizen, text)));

/**
 * Whether a sentence was heard: as one message, or its first lines and its others as two. Telegram's share keyboard goes away
 * with a message only: what stands before a question is sent before it, where a process has not seen the keyboard go.
 */
const wasHeard = (said: ReadonlySet<string>, sentence: string): boolean =>
  said.has(sentence) ||
  [...sentence.matchAll(/\n+/g)].some(
    ({ index, 0: gap }) => said.has(sentence.slice(0, index)) && said.has(sentence.slice(index + gap.length)),
  );

const distinct = (heard: readonly Message[]): number => new Set(heard.map(({ key }) => key)).size;

/** Every reply of the straight path was heard, and one for each old button; some of them may have come twice. */
export const checkReplies = async (
  citizen: Citizen,
  phone: Phone,
  straight: ReadonlySet<string>,
  found: Findings,
): Promise<void> => {
  const who = whoIs(phone.ledger);
  const heard = await phone.heard();
  const said = new Set(heard.map(({ text }) => saidTo(citizen, text)));
  for (const sentence of straight)
    if (!wasHeard(said, sentence)) found.wrong('lost', `${who}: never heard "${sentence}"`);
  const old = distinct(heard.filter(({ text }) => text.includes(OLD_BUTTON)));
  const silent = phone.ledger.oldPresses - old;
  found.wrong('lost', `${who}: ${silent} old buttons were not answered`, silent);
  found.repliesTwice += heard.length - distinct(heard);
};
