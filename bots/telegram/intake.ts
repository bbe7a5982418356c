import type { PersonEvent } from '../../src/dialogue/event.ts';
import type { Inbound } from '../../src/services/inbound.ts';
import type { ChannelHost } from '../port.ts';
import type { Read } from './wire.ts';

export interface IntakeParts extends Pick<ChannelHost, 'door' | 'ignored'> {
  /** Answers a press. At once, not after the commit: the button turns until then. */
  readonly answer: (press: string) => void;
  readonly leave: (group: number) => void;
  readonly shared: (address: string) => void;
}

/** Takes one update that was read: resolves when it is done with for good. Rejects when it must come again. */
export type Take = (read: Read) => Promise<void>;

const shares = ({ type }: PersonEvent): boolean => type === 'contact' || type === 'location';

export const createIntake = ({ door, ignored, answer, leave, shared }: IntakeParts): Take => {
  const accept = async (message: Inbound): Promise<void> => {
    if (shares(message.event)) shared(message.address);
    await door.accept(message);
  };
  return async ({ received, callback, group }) => {
    if (callback !== undefined) answer(callback);
    if (group !== undefined) leave(group);
    if (received.kind === 'ignored') ignored(received.what);
    else for (const message of received.messages) await accept(message);
  };
};
