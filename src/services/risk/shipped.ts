import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseRuleSet, type RuleSet } from '../../domain/risk/ruleset.ts';
import { projectRoot } from '../../store/root.ts';

/** The rules that came with the program. */
export const shippedRules = (): RuleSet =>
  parseRuleSet(JSON.parse(readFileSync(join(projectRoot(), 'data', 'risk', 'rules.json'), 'utf8')));
