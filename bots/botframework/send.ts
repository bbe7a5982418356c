import { type Outgoing, SendError, type Sent } from '../../src/delivery/outgoing.ts';
import type { Once } from '../once.ts';
import { abilitiesOf } from './abilities.ts';
import type { ActivityOut } from './activity.ts';
import type { Reference } from './address.ts';
import type { Calls } from './calls.ts';
import type { Collectors } from './collector.ts';
import { activitiesOf, type RenderParts } from './render.ts';

export interface Senders {
  readonly parts: RenderParts;
  readonly calls: Calls;
  readonly collectors: Collectors;
  readonly once: Once<Sent>;
}

/** The message that this one takes the place of, where the channel can change it. */
const replaced = ({ edits, pressed, say }: Outgoing): Pick<Outgoing, 'say'> & { ref?: string } => {
  if (edits !== undefined) return edits;
  return say.same && pressed !== undefined ? { ref: pressed, say } : { say };
};

/** Whether it could be brought up to date; where it is gone, or too old to be changed, a new one is sent. */
const updated = async (
  senders: Senders,
  reference: Reference,
  message: Outgoing,
): Promise<Sent | undefined> => {
  const { parts, calls, once } = senders;
  const { ref, say } = replaced(message);
  if (ref === undefined || !abilitiesOf(reference.channelId).edits) return undefined;
  const [only, ...more] = await activitiesOf(parts, reference.channelId, message, say);
  if (only === undefined || more.length > 0) return undefined;
  const update = async (): Promise<Sent> => {
    await calls.update(reference, ref, only);
    return { ref };
  };
  return once(message, 'edit', update).catch((error: unknown) => {
    if (error instanceof SendError && !error.retryable) return undefined;
    throw error;
  });
};

const sendNew = async (senders: Senders, reference: Reference, message: Outgoing): Promise<Sent> => {
  const { parts, calls, collectors, once } = senders;
  const { say, address } = message;
  const sendOne = async (activity: ActivityOut): Promise<Sent> => {
    if (collectors.take(address, activity)) return {};
    const ref = await calls.send(reference, activity);
    return ref !== undefined && abilitiesOf(reference.channelId).edits ? { ref } : {};
  };
  let sent: Sent = {};
  const activities = await activitiesOf(parts, reference.channelId, message, say);
  for (const [n, activity] of activities.entries())
    sent = await once(message, `${n}`, () => sendOne(activity));
  return sent;
};

/** In the place of an older message where that is possible, as new ones elsewhere. @throws SendError */
export const sendMessage = async (senders: Senders, reference: Reference, message: Outgoing): Promise<Sent> =>
  (await updated(senders, reference, message)) ?? sendNew(senders, reference, message);
