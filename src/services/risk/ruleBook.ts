import type { Declared, Risk } from '../../domain/declaration.ts';
import { assess, type Facts } from '../../domain/risk/assess.ts';
import type { RuleSet } from '../../domain/risk/ruleset.ts';
import type { Zone } from '../../domain/risk/zone.ts';
import { ChangeWatch } from '../../store/change-watch.ts';
import type { Collections } from '../../store/collections.ts';
import { oneAtATime } from '../oneAtATime.ts';
import { listZones } from '../zones/zones.ts';
import { latestRules, loadShipped } from './rules.ts';

/** The rules and zones in force, always at hand: they are read again when they change. */
export interface RuleBook {
  current(): { readonly rules: RuleSet; readonly zones: readonly Zone[] };
  /** Judges by the rules and zones of this moment. @param today 'YYYY-MM-DD' in Vietnam */
  assess(declared: Declared, today: string): Risk;
  close(): Promise<void>;
}

export interface RuleBookParts {
  readonly collections: Pick<Collections, 'rules' | 'zones'>;
  /** The rules that came with the program. */
  readonly shipped: RuleSet;
  /** Area path of an official code. */
  readonly areaOf: (code: string) => string;
  /** Told when the rules cannot be read again; the last ones stay in force. */
  readonly onError?: (error: unknown) => void;
  readonly now?: () => number;
  /** ms between two looks without being told of a change. */
  readonly pollEvery?: number;
}

/** A change stream tells at once; this is for when it is broken, and for zones whose time has come. */
const POLL_EVERY = 5_000;

/** Opens the rule book; the program's rules are loaded where there are none. */
export const createRuleBook = async (parts: RuleBookParts): Promise<RuleBook> => {
  const { collections, shipped, areaOf, now = Date.now, pollEvery = POLL_EVERY } = parts;
  await loadShipped(collections.rules, shipped, now());
  const read = async () => ({
    rules: (await latestRules(collections.rules))?.rules ?? shipped,
    zones: await listZones(collections.zones, areaOf, now()),
  });
  let current = await read();
  // A change that came while we read may have been missed: then it is read once more.
  const reading = oneAtATime(
    async () => {
      current = await read();
    },
    (error) => parts.onError?.(error),
  );
  const watches = [
    new ChangeWatch(collections.rules, ['insert'], reading.call),
    new ChangeWatch(collections.zones, ['insert', 'update', 'delete'], reading.call),
  ];
  for (const watch of watches) watch.start();
  const poll = setInterval(reading.call, pollEvery);
  return {
    current: () => current,
    assess: (declared, today): Risk => {
      const facts: Facts = { declared, today, areaOf };
      return assess(current.rules, current.zones, facts);
    },
    close: async () => {
      clearInterval(poll);
      await Promise.all(watches.map((watch) => watch.stop()));
      await reading.idle();
    },
  };
};
