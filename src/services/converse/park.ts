import type { Event } from '../../dialogue/event.ts';
import type { Json } from '../../domain/json.ts';
import { randomId } from '../../security/random.ts';
import { type Sealer, sealContext } from '../../security/sealer.ts';
import { type Effect, insert } from '../../store/effect.ts';
import type { ParkedDoc } from '../../store/parked.ts';
import type { Waiting } from './waiting.ts';

/** Lines of a stack that only name code: what an error says may quote the person. */
const CODE_LINE = /^\s+at \S.*:\d+:\d+\)?$/;
const STACK_KEPT = 12;

/** What a person did that could not be handled, and the error's own words, which may quote them. */
export interface ParkedBody {
  readonly event: Event;
  readonly error: string;
}

const context = (id: string) => sealContext('parked', 'sealed', id);

type Failed = Pick<Waiting, 'chat' | 'channel' | 'event' | 'error'>;

/** Puts a message that keeps failing aside, for the staff to look at. `now`: ms since 1970. */
export const park = (sealer: Sealer, waiting: Failed, now: number): Effect =>
  insert('parked', parkedDoc(sealer, randomId(), waiting, now));

export function parkedDoc(sealer: Sealer, id: string, waiting: Failed, now: number): ParkedDoc {
  const { chat, channel, event, error } = waiting;
  const { code, stack } = describeError(error);
  const said: ParkedBody = { event, error: error instanceof Error ? error.message : String(error) };
  const sealed = sealer.seal(context(id), said as unknown as Json);
  return { _id: id, chat, channel, at: new Date(now), code, stack, sealed };
}

/** What lies sealed in a parked message. Throws `SealError`. */
export const openParked = async (
  sealer: Pick<Sealer, 'open'>,
  { _id: id, sealed }: Pick<ParkedDoc, '_id' | 'sealed'>,
): Promise<ParkedBody> => (await sealer.open(context(id), sealed)) as unknown as ParkedBody; // written above

/** An error without its words: its stable code or its name, and where it was thrown. */
export function describeError(error: unknown): { readonly code: string; readonly stack: string[] } {
  if (!(error instanceof Error)) return { code: 'not-an-error', stack: [] };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  const lines = (error.stack ?? '').split('\n').filter((text) => CODE_LINE.test(text));
  return { code, stack: lines.slice(0, STACK_KEPT).map((text) => text.trim()) };
}
