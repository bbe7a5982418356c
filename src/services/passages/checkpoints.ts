import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Checkpoint, parseCheckpoints } from '../../domain/checkpoint.ts';
import { covers } from '../../domain/roster.ts';
import { projectRoot } from '../../store/root.ts';
import type { StaffParts } from '../staff/parts.ts';
import type { StaffMember } from '../staff/record.ts';

let known: readonly Checkpoint[] | undefined;

/** The checkpoints as the file says, read once per process. Throws ZodError. */
export const checkpoints = (): readonly Checkpoint[] => {
  const file = join(projectRoot(), 'data', 'checkpoints', 'checkpoints.json');
  known ??= parseCheckpoints(JSON.parse(readFileSync(file, 'utf8')));
  return known;
};

/** What a checkpoint is called; one that has left the file goes by its code. */
export const checkpointName = (code: string): Checkpoint['name'] =>
  checkpoints().find((one) => one.code === code)?.name ?? { vi: code, en: code };

/** A checkpoint with its area path. */
export interface Station extends Pick<Checkpoint, 'code' | 'name'> {
  readonly area: string;
}

/** The checkpoints a staff member may stand at: those of their area. */
export const stationsOf = (
  { areaOf }: Pick<StaffParts, 'areaOf'>,
  { area }: Pick<StaffMember, 'area'>,
): readonly Station[] =>
  checkpoints()
    .map(({ code, name, commune }) => ({ code, name, area: areaOf(commune) }))
    .filter((station) => covers(area, station.area));
