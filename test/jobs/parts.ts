import { FLOWS } from '../../flows/index.ts';
import type { JobParts } from '../../jobs/parts.ts';
import { leftBehindIn } from '../../src/dialogue/left.ts';
import type { Office } from '../services/alerts/office.ts';

/** What jobs stand on, of an office in a test. */
export const jobParts = (office: Office): JobParts => {
  const real = {
    staff: office.parts,
    write: (effects: Parameters<Office['write']>[0]) => office.write(effects),
  };
  return { real, exercise: real, leftBehind: leftBehindIn(FLOWS) };
};
