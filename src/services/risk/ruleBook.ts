import type { Declared, Risk } from '../../domain/declaration.ts';
import { assess, type Facts } from '../../domain/risk/assess.ts';
import type { RuleSet } from '../../domain/risk/ruleset.ts';
import type { Zone } from '../../domain/risk/zone.ts';
import { ChangeWatch } from '../../store/change-watch.ts';
import type { Collections } from '../../store/collections.ts';
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
  let reading: Promise<void> | undefined;
  let again = false;

  const readAgain = async (): Promise<void> => {
    do {
      again = false;
      try {
        current = await read();
      } catch (error) {
        parts.onError?.(error);
      }
    } while (again); // a change that came while we read may have been missed
  };
  const refresh = (): void => {
    again = true;
    reading ??= readAgain().finally(() => {
      reading = undefined;
      if (again) refresh();
    });
  };

  const watches = [
    new ChangeWatch(collections.rules, ['insert'], refresh),
    new ChangeWatch(collections.zones, ['insert', 'update', 'delete'], refresh),
  ];
  for (const watch of watches) watch.start();
  const poll = setInterval(refresh, pollEvery);
  return {
    current: () => current,
    assess: (declared, today): Risk => {
      const facts: Facts = { declared, today, areaOf };
      return assess(current.rules, current.zones, facts);
    },
    close: async () => {
      clearInterval(poll);
      await Promise.all(watches.map((watch) => watch.stop()));
      await reading;
    },
  };
};
