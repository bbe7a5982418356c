import type { PersonEvent } from '../../src/dialogue/event.ts';
import type { Inbound } from '../../src/services/inbound.ts';
import type { ChannelHost } from '../port.ts';
import type { Read } from './wire.ts';

export interface IntakeParts extends Pick<ChannelHost, 'door' | 'ignored' | 'letIn'> {
  /** Answers a press. At once, not after the commit: the button turns until then. */
  readonly answer: (press: string) => void;
  readonly leave: (group: number) => void;
  readonly shared: (address: string) => void;
  /** How a pressed message will stand when its answer was taken. */
  readonly traced: (address: string, ref: string, text: string) => void;
}

/** Takes one update that was read: resolves when it is done with for good. Rejects when it must come again. */
export type Take = (read: Read) => Promise<void>;

const shares = ({ type }: PersonEvent): boolean => type === 'contact' || type === 'location';

export const createIntake = (parts: IntakeParts): Take => {
  const { door, ignored, letIn, answer, leave, shared, traced } = parts;
  const accept = async (message: Inbound, text: string | undefined): Promise<void> => {
    const { event, address, pressed } = message;
    if (shares(event)) shared(address);
    if (pressed !== undefined && text !== undefined) traced(address, pressed, text);
    await door.accept(message);
  };
  return async ({ received, callback, group, traced: text }) => {
    if (callback !== undefined) answer(callback);
    if (group !== undefined) leave(group);
    if (received.kind === 'messages') for (const message of received.messages) await accept(message, text);
    else {
      if (received.letIn !== undefined) await letIn(received.letIn);
      ignored(received.what);
    }
  };
};
