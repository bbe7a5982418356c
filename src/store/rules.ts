import mongoose from 'mongoose';
import { collection, required } from './schema.ts';

/** A version of the risk rules, as it was loaded; kept, because declarations name the one that judged them. */
export interface RulesDoc {
  /** 1, 2, 3 …: the highest judges. Two that load at once want the same number, so one tries again. */
  _id: number;
  version: string;
  at: Date;
  /** 'release' for the file that came with the program, else who loaded it. */
  by: string;
  /** A rule set of src/domain/risk/ruleset.ts. */
  body: unknown;
}

export const rules = collection<RulesDoc>('rules', {
  _id: required.count,
  version: required.text,
  at: required.date,
  by: required.text,
  body: { type: mongoose.Schema.Types.Mixed, required: true },
});
