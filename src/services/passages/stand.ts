import type { Service } from '../service.ts';
import type { StaffParts } from '../staff/parts.ts';
import { stationsOf } from './checkpoints.ts';
import { forOfficers } from './officer.ts';

/**
 * Where an officer may stand, and where they do: kept by their chat until they go to another one. `checkpoint` changes
 * it; a code that is none leaves. Where there is one alone, nobody is asked.
 */
export const standAtCheckpoint = (parts: StaffParts): Service =>
  forOfficers(parts, async (actor, args, { memory }) => {
    const { checkpoint } = args as { checkpoint?: string };
    const all = stationsOf(parts, actor).map(({ code, name }) => ({ code, name }));
    const wanted = checkpoint ?? (all.length === 1 ? all[0]?.code : memory.checkpoint);
    const here = all.find(({ code }) => code === wanted)?.code ?? null;
    return {
      value: { is: 'checkpoints', here, all },
      remember: { checkpoints: true, checkpoint: here },
    };
  });
