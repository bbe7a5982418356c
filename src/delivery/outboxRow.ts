import { type Say, sayFromJson, sayToJson } from '../dialogue/say.ts';
import { type Sealer, sealContext } from '../security/sealer.ts';
import type { DeliveryDoc } from '../store/deliveries.ts';
import { PURPOSES, type PurposeName } from './outboxPurposes.ts';

/** A message to somebody who did not just speak. */
export interface Message {
  readonly purpose: PurposeName;
  /** The alert or the feedback it is about, and its revision: the same message is never written twice. */
  readonly about: string;
  readonly rev: number;
  readonly chat: string;
  /** The staff member it is for; absent for a citizen. */
  readonly staff?: string;
  /** ms since 1970. */
  readonly at: number;
  readonly notes: Say['notes'];
  readonly choices?: Say['choices'];
}

const context = (id: string) => sealContext('deliveries', 'sealed', id);

/** The buttons of such a message belong to no question: they work by themselves, however old they are. */
const sayOf = ({ notes, choices }: Message): Say => ({
  notes,
  ...(choices === undefined ? {} : { choices }),
  turn: 0,
});

/** The row that sends a message, to be inserted with what it tells of. Its id is the message's id for good. */
export const deliveryRow = (sealer: Pick<Sealer, 'seal'>, message: Message): DeliveryDoc => {
  const { purpose, about, rev, chat, staff, at } = message;
  const id = [about, purpose, rev, staff ?? chat].join(':');
  return {
    _id: id,
    about,
    chat,
    tried: [],
    lane: PURPOSES[purpose].lane,
    purpose,
    state: 'ready',
    readyAt: new Date(at),
    attempt: 0,
    epoch: 0,
    sealed: sealer.seal(context(id), sayToJson(sayOf(message))),
    ...(staff === undefined ? {} : { staff }),
  };
};

export const openRow = async (sealer: Pick<Sealer, 'open'>, { _id, sealed }: DeliveryDoc): Promise<Say> =>
  sayFromJson(await sealer.open(context(_id), sealed));
