import type { Service } from '../service.ts';
import type { StaffParts } from '../staff/parts.ts';
import { checkpoints } from './checkpoints.ts';
import { lookAtCode } from './look.ts';
import { recordPassage } from './record.ts';
import { standAtCheckpoint } from './stand.ts';

/** The use cases of a checkpoint. A file that cannot be read stops the start, not the first officer in the rain. */
export const passageServices = (parts: StaffParts): Readonly<Record<string, Service>> => {
  checkpoints();
  return {
    standAtCheckpoint: standAtCheckpoint(parts),
    lookAtCode: lookAtCode(parts),
    recordPassage: recordPassage(parts),
  };
};
