import type { Json } from '../../domain/json.ts';
import { checksPassages } from '../../domain/roster.ts';
import type { Service, ServiceContext, ServiceResult } from '../service.ts';
import { actorOf, stranger } from '../staff/actor.ts';
import type { StaffParts } from '../staff/parts.ts';
import type { StaffMember } from '../staff/record.ts';

/** A code that is typed out of the blue is no traveller's any more. */
export const NO_CHECKPOINT = { checkpoints: null, checkpoint: null } as const;

type Act = (actor: StaffMember, args: Json, context: ServiceContext) => Promise<ServiceResult>;

/** For whoever decides at a checkpoint, as the database knows them at this moment. */
export const forOfficers =
  (parts: StaffParts, act: Act): Service =>
  async (args, context) => {
    const actor = await actorOf(parts, context);
    if (actor === null) return { ...stranger, remember: { ...stranger.remember, ...NO_CHECKPOINT } };
    if (!checksPassages(actor.role)) return { value: { is: 'notAllowed' }, remember: NO_CHECKPOINT };
    return act(actor, args, context);
  };
