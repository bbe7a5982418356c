import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { Command } from 'commander';
import { LEVELS } from '../domain/declaration.ts';
import { parseRuleSet, type RuleSet, reasonKeys } from '../domain/risk/ruleset.ts';
import { latestRules, loadRules, rulesHistory } from '../services/risk/rules.ts';
import { shippedRules } from '../services/risk/shipped.ts';
import type { CliParts, RunWith } from './parts.ts';
import { CommandProblem } from './problem.ts';
import { writeTime } from './read.ts';
import { table } from './table.ts';

const listed = ({ rules }: RuleSet): string => {
  const gravest = [...rules].sort((a, b) => LEVELS.indexOf(b.level) - LEVELS.indexOf(a.level));
  return table(
    ['level', 'rule', 'note'],
    gravest.map(({ level, id, note }) => [level, id, note]),
  );
};

/** The rules in force: a summary, or the whole of them as a file to change and load again. */
const rulesShow = async (parts: CliParts, given: { json?: boolean }): Promise<string> => {
  const latest = await latestRules(parts.database.collections.rules);
  const rules = latest?.rules ?? shippedRules();
  if (given.json) return JSON.stringify(rules, null, 2);
  const where =
    latest === null
      ? 'not loaded yet'
      : `revision ${latest.revision}, ${writeTime(latest.at)}, by ${latest.by}`;
  return `Rules ${rules.version} (${where}); alerts from ${rules.alertFrom} on.\n\n${listed(rules)}`;
};

const parsed = (text: string, file: string): RuleSet => {
  try {
    return parseRuleSet(JSON.parse(text));
  } catch (error) {
    const why = error instanceof SyntaxError ? `it is not JSON (${error.message})` : (error as Error).message;
    throw new CommandProblem(`${file} was not loaded: ${why}`);
  }
};

/** Puts the rules of a file into force; a running server judges by them within seconds. */
const rulesLoad = async (parts: CliParts, file: string, given: { by?: string }): Promise<string> => {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new CommandProblem(`${file} cannot be read: ${error.code}.`);
  });
  const rules = parsed(text, file);
  const unsaid = reasonKeys(rules).filter((key) => !parts.hasSentence(key));
  if (unsaid.length > 0)
    throw new CommandProblem(
      `${file} was not loaded: there is no sentence for ${unsaid.join(', ')}; give the rule one of its own: {"vi": …, "en": …}.`,
    );
  const by = given.by ?? userInfo().username;
  const revision = await loadRules(parts.database.collections.rules, rules, by, parts.now);
  return `Rules ${rules.version} are in force (revision ${revision}): ${rules.rules.length} rules, alerts from ${rules.alertFrom} on.`;
};

const rulesHistoryList = async (parts: CliParts): Promise<string> => {
  const all = await rulesHistory(parts.database.collections.rules);
  if (all.length === 0) return 'No rules were loaded yet.';
  return table(
    ['revision', 'version', 'loaded', 'by'],
    all.map(({ _id, version, at, by }) => [String(_id), version, writeTime(at.getTime()), by]),
  );
};

/** `khaibao rules show|load|history` */
export const rulesCommand = (run: RunWith): Command => {
  const rules = new Command('rules').description(
    'the risk rules; a running server judges by them within seconds',
  );
  rules
    .command('show')
    .description('the rules in force')
    .option('--json', 'as a file to change and load again')
    .action((given: { json?: boolean }) => run((parts) => rulesShow(parts, given)));
  rules
    .command('load <file>')
    .description('put the rules of a file into force')
    .option('--by <name>', 'who decided it')
    .action((file: string, given: { by?: string }) => run((parts) => rulesLoad(parts, file, given)));
  rules
    .command('history')
    .description('what was in force, and when')
    .action(() => run(rulesHistoryList));
  return rules;
};
