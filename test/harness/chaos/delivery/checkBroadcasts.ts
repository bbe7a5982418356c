import { UNWANTED } from '../../../../src/domain/campaign/outcome.ts';
import type { Broadcast } from './broadcast.ts';
import { checkSilence, intentsIn } from './checkSilence.ts';
import type { Evidence } from './evidence.ts';
import type { Findings } from './findings.ts';
import { OFFICERS } from './officers.ts';
import { tagOfRow } from './sign.ts';

/** What became of rows of a campaign that was stopped before they left. */
const UNSENT = `suppressed:${UNWANTED.stopped}`;

const countBy = (names: readonly string[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
};

const isSame = (a: object, b: object): boolean =>
  JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());

/** Everybody it is for stands in the audience, once, with all their ways, and nobody else. */
const checkAudience = (broadcast: Broadcast, found: Findings): void => {
  const { id, frozen, total, audience, recipients, fate } = broadcast;
  const there = new Map(audience.map((one) => [one.id, one.chats]));
  const meant = new Map(recipients.map((one) => [one.id, one.readers.map(({ chat }) => chat).sort()]));
  const extra = audience.filter((one) => !meant.has(one.id)).length;
  found.wrong('strays', `${id}: ${extra} recipients it is not for`, extra);
  if (!frozen && fate === 'stopped') return;
  for (const [recipient, chats] of meant) {
    const seen = there.get(recipient);
    if (seen === undefined) found.wrong('lost', `${id}: ${recipient} is not in the audience`);
    else if (!isSame(seen, chats)) found.wrong('lost', `${id}: ${recipient} has lost a way`);
  }
  if (total !== audience.length)
    found.wrong('miscounted', `${id}: ${total} recipients, and ${audience.length}`);
};

/** One row for each of the audience on each day; on those of a campaign that was stopped none may be missing, but none be twice. */
const checkDays = ({ id, days, audience, rows, fate, occurrences }: Broadcast, found: Findings): void => {
  const counts = countBy(rows.map(({ _id }) => tagOfRow(_id)));
  for (const day of days) {
    const state = occurrences.find((one) => one.day === day)?.state;
    if (fate !== 'stopped' && state !== 'ended') found.wrong('lost', `${id}: ${day} is ${state}`);
    for (const { id: recipient } of audience) {
      const count = counts[`${id}|${day}|${recipient}`] ?? 0;
      if (count === 0 && fate !== 'stopped') found.wrong('lost', `${id}: no row on ${day} for ${recipient}`);
      found.wrong('strays', `${id}: ${count} rows on ${day} for ${recipient}`, count - 1);
    }
  }
};

/** What became of somebody, by their rows, the first day's first. */
const outcomeOf = (rows: Broadcast['rows']): string => {
  if (rows.some(({ state }) => state === 'sent')) return 'sent';
  return rows.at(-1)?.fault === 'opted-out' ? 'optedOut' : 'unreached';
};

/**
 * The people its result speaks of. Of a campaign that was stopped in its freeze those are in no count whom a process
 * wrote down behind the end and died before it had taken them back: nobody writes to them.
 */
const countedOf = ({ fate, frozen, audience, rows }: Broadcast): Broadcast['audience'] => {
  const written = new Set(rows.map(({ _id }) => tagOfRow(_id).split('|').at(-1)));
  return audience.filter(
    ({ id, outcome }) => fate !== 'stopped' || frozen || outcome !== undefined || written.has(id),
  );
};

/**
 * Whether a day's figures are those of its rows. On a day that was stopped rows may stand that a process still wrote behind its
 * end, and died, or took too late to take them back: they are in no count, and nothing of them was sent.
 */
const areFigures = (
  figures: Readonly<Record<string, number>>,
  rows: Readonly<Record<string, number>>,
  fate: Broadcast['fate'],
): boolean => {
  const [{ [UNSENT]: told = 0, ...others }, { [UNSENT]: stopped = 0, ...sent }] = [figures, rows];
  return isSame(others, sent) && (told === stopped || (fate === 'stopped' && told < stopped));
};

/** The figures are those of the rows, of each day and of all people; what the officers were told too. */
const checkResult = (broadcast: Broadcast, found: Findings): void => {
  const { id, rows, occurrences, notices } = broadcast;
  const audience = countedOf(broadcast);
  for (const { day, figures = {} } of occurrences) {
    const theirs = rows.filter(({ about }) => about === `${id}|${day}`);
    const names = theirs.map(({ state, fault }) =>
      state === 'sent' || fault === undefined ? state : `${state}:${fault}`,
    );
    if (!areFigures(figures, countBy(names), broadcast.fate))
      found.wrong('miscounted', `${id}: figures of ${day} are not those of its rows`);
  }
  const sorted = rows.toSorted((a, b) => (a._id < b._id ? -1 : 1));
  for (const { id: recipient, outcome } of audience) {
    const theirs = sorted.filter(({ _id }) => tagOfRow(_id).endsWith(`|${recipient}`));
    if (outcome !== outcomeOf(theirs))
      found.wrong('miscounted', `${id}: ${recipient} is ${outcome}, by the rows ${outcomeOf(theirs)}`);
  }
  const counts = countBy(audience.map(({ outcome = 'none' }) => outcome));
  for (const { counts: told } of notices)
    for (const [outcome, count] of Object.entries({ ...counts, total: audience.length }))
      if (told !== undefined && told[outcome] !== count)
        found.wrong('miscounted', `${id}: ${told[outcome]} ${outcome} told, and ${count}`);
};

/** It is closed once, and those who sent it hear once of each day that begins and of the end. */
const checkEnd = ({ id, fate, acts, state, closed, days, notices }: Broadcast, found: Findings): void => {
  const end = acts.some(({ what }) => what === 'stop') ? 'stopped' : 'ended';
  if (state !== end) found.wrong('lost', `${id}: it is ${state}, and should be ${end}`);
  if (closed !== 1) found.wrong(closed === 0 ? 'lost' : 'miscounted', `${id}: closed ${closed} times`);
  const told = countBy(notices.map(({ what, staff }) => `${what} ${staff}`));
  const due = [
    `campaignNews ${id}|end`,
    ...(fate === 'stopped' ? [] : days.map((day) => `campaignBegun ${id}|${day}`)),
  ];
  for (const what of due)
    for (const staff of OFFICERS) {
      const count = told[`${what} ${staff}`] ?? 0;
      if (count !== 1)
        found.wrong(count === 0 ? 'lost' : 'doubled', `${id}: ${staff} was told ${count} times: ${what}`);
    }
};

/** Whom real campaigns were for, what they sent and when, and what they say of it themselves. */
export const checkBroadcasts = (evidence: Evidence, found: Findings): void => {
  const intents = intentsIn(evidence);
  for (const broadcast of evidence.broadcasts) {
    checkAudience(broadcast, found);
    checkDays(broadcast, found);
    checkResult(broadcast, found);
    checkEnd(broadcast, found);
    checkSilence(broadcast, evidence, intents, found);
  }
};
