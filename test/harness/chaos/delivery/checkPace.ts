import type { Limit } from '../../../../src/delivery/limits.ts';
import type { Evidence, Told } from './evidence.ts';
import type { Findings } from './findings.ts';
import { type Standstill, stoodIn } from './standstill.ts';

/** Spans in which messages are counted (ms). */
const SPANS = [1_000, 10_000] as const;
/** A slow line, and a machine that is busy, bring together what left as much apart (ms). */
const HELD_UP = 1_000;
/** Within so long (ms) everybody has stopped whom a platform told to wait, but for a few that were on their way. */
const STOPS_WITHIN = 1_000;
const ON_THEIR_WAY = 8;

/** Most of these in any span of so many ms. The times stand in order. */
const mostIn = (times: readonly number[], span: number): number => {
  let most = 0;
  let first = 0;
  for (const [n, at] of times.entries()) {
    while (at - (times[first] ?? at) >= span) first += 1;
    most = Math.max(most, n - first + 1);
  }
  return most;
};

const timesBy = (told: readonly Told[], keyOf: (one: Told) => string): readonly (readonly number[])[] => {
  const times = new Map<string, number[]>();
  for (const one of told) {
    const key = keyOf(one);
    const known = times.get(key) ?? [];
    known.push(one.at);
    times.set(key, known);
  }
  return [...times.values()];
};

const mostAllowed = ({ perSecond, burst }: Limit, span: number): number =>
  Math.ceil((perSecond * (span + HELD_UP)) / 1_000 + burst);

/** By how many more than allowed there were in the worst span of so many ms. */
const tooMany = (
  times: readonly number[],
  span: number,
  limit: Limit,
  standstills: readonly Standstill[],
): number => {
  let over = 0;
  let first = 0;
  for (const [n, at] of times.entries()) {
    while (at - (times[first] ?? at) >= span) first += 1;
    const stood = stoodIn(standstills, (times[first] ?? at) - HELD_UP, at);
    over = Math.max(over, n - first + 1 - mostAllowed(limit, span + stood));
  }
  return over;
};

const checkLimit = (
  times: readonly number[],
  whose: string,
  limit: Limit,
  { standstills }: Evidence,
  found: Findings,
): void => {
  for (const span of SPANS) {
    const over = tooMany(times, span, limit, standstills);
    found.wrong('tooFast', `${over} messages too many ${whose} in ${span} ms`, over);
  }
};

/** Over all processes: a bot keeps to its limit, and to that of each chat. */
export const checkPace = (evidence: Evidence, found: Findings): void => {
  const { told, limits } = evidence;
  const passed = told.filter(({ status }) => status !== 429);
  for (const times of timesBy(passed, ({ bot }) => bot)) {
    found.fastest = Math.max(found.fastest, mostIn(times, SPANS[0]));
    checkLimit(times, 'of a bot', limits.account, evidence, found);
  }
  for (const times of timesBy(passed, ({ bot, chat }) => `${bot} ${chat}`))
    checkLimit(times, 'to a chat', limits.chat, evidence, found);
  checkStops(evidence, found);
};

interface Pause {
  readonly since: number;
  late: number;
}

/** From a bot's first refusal until something passes again nothing is tried but alerts. */
const checkStops = ({ told, planned, standstills }: Evidence, found: Findings): void => {
  const alerts = new Set(planned.filter(({ purpose }) => purpose === 'alert').map(({ tag }) => tag));
  const pauses = new Map<string, Pause>();
  for (const { bot, status, at, tag = '' } of told) {
    const pause = pauses.get(bot);
    if (status !== 429) pauses.delete(bot);
    else if (pause === undefined) pauses.set(bot, { since: at, late: 0 });
    else if (!alerts.has(tag) && at - pause.since > STOPS_WITHIN + stoodIn(standstills, pause.since, at)) {
      pause.late += 1;
      if (pause.late > ON_THEIR_WAY) found.wrong('notStopped', `${tag}: tried while ${bot} was told to wait`);
    }
  }
};
