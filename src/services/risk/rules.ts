import { parseRuleSet, type RuleSet } from '../../domain/risk/ruleset.ts';
import type { Collections } from '../../store/collections.ts';
import { available, isDuplicate } from '../../store/errors.ts';
import type { RulesDoc } from '../../store/rules.ts';

type Rules = Collections['rules'];

/** Who loaded a rule set that came with the program. */
const RELEASE = 'release';
/** Each failed try means that somebody else loaded rules in the same moment. */
const TRIES = 5;

export interface LoadedRules {
  /** 1, 2, 3 …: counts what was loaded. */
  readonly revision: number;
  readonly by: string;
  /** ms since 1970. */
  readonly at: number;
  readonly rules: RuleSet;
}

const loaded = ({ _id, by, at, body }: RulesDoc): LoadedRules => ({
  revision: _id,
  by,
  at: at.getTime(),
  rules: parseRuleSet(body),
});

export const latestRules = async (rules: Rules): Promise<LoadedRules | null> => {
  const doc = await available(rules.findOne({}, { sort: { _id: -1 } }));
  return doc === null ? null : loaded(doc);
};

/** All rule sets there ever were, the newest first. */
export const rulesHistory = async (
  rules: Rules,
): Promise<readonly Pick<RulesDoc, '_id' | 'version' | 'at' | 'by'>[]> =>
  available(
    rules
      .find({}, { projection: { body: 0 } })
      .sort({ _id: -1 })
      .toArray(),
  );

const add = async (rules: Rules, next: RuleSet, by: string, at: number, after: number): Promise<boolean> => {
  const doc = { _id: after + 1, version: next.version, at: new Date(at), by, body: next };
  try {
    await available(rules.insertOne(doc));
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
};

/** Puts rules into force: every process judges by them within seconds. What was there before is kept. */
export const loadRules = async (rules: Rules, next: RuleSet, by: string, at: number): Promise<number> => {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const after = (await available(rules.findOne({}, { sort: { _id: -1 } })))?._id ?? 0;
    if (await add(rules, next, by, at, after)) return after + 1;
  }
  throw new Error('Others keep loading rules. Try again.');
};

/**
 * Puts the program's own rules into force where there are none, or where the ones in force came with an older
 * release. Rules that somebody loaded stay: a release must not undo what the province decided.
 */
export const loadShipped = async (rules: Rules, shipped: RuleSet, at: number): Promise<void> => {
  const latest = await available(rules.findOne({}, { sort: { _id: -1 } }));
  if (latest !== null && (latest.by !== RELEASE || latest.version === shipped.version)) return;
  await add(rules, shipped, RELEASE, at, latest?._id ?? 0); // false: another process has just done it
};
