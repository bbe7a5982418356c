import { latestRules } from '../services/risk/rules.ts';
import { shippedRules } from '../services/risk/shipped.ts';
import type { StaffParts } from '../services/staff/parts.ts';
import type { CliParts } from './parts.ts';

/** What the services for staff stand on, for a command that does what a chat does. */
export const staffParts = async (parts: CliParts): Promise<StaffParts> => {
  const { collections } = parts.database;
  const rules = (await latestRules(collections.rules))?.rules ?? shippedRules();
  return {
    ...parts,
    collections,
    rules: () => rules,
    areaOf: (code) => parts.gazetteer.get(code)?.path ?? code,
  };
};
