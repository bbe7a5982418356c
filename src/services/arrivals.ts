import type { Receipts } from '../delivery/receipts.ts';
import type { BlindIndex } from '../security/blind-index.ts';
import { chatIdBy } from './chatId.ts';
import type { Door, Inbound } from './inbound.ts';

/** The message whose button was pressed, where it is none of the talk's own: those stand outside its turns. */
const pressedOutside = ({ event, pressed }: Inbound): string | undefined =>
  event.type === 'choice' && event.turn === 0 ? pressed : undefined;

/**
 * A platform that tells nothing of a message's arrival tells of it by a press: the button stands in that very message.
 * Noted whatever becomes of the press itself, and without a question to the database where a question is answered.
 */
export const notingPresses = (door: Door, receipts: Pick<Receipts, 'note'>, index: BlindIndex): Door => ({
  accept: (inbound) => {
    const ref = pressedOutside(inbound);
    const { channel, address } = inbound;
    if (ref !== undefined) receipts.note([{ via: chatIdBy(index)(channel, address), ref }]);
    return door.accept(inbound);
  },
});
