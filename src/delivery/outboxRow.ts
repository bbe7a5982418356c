import { type File, type Image, type Say, sayFromJson, sayToJson } from '../dialogue/say.ts';
import { nextOpen } from '../domain/quietHours.ts';
import { type Sealer, sealContext } from '../security/sealer.ts';
import type { DeliveryDoc } from '../store/deliveries.ts';
import type { OutboxMessage } from './outboxParts.ts';
import { isQuiet, PURPOSES, type Purpose, type PurposeName } from './outboxPurposes.ts';

/** A message to somebody who did not just speak. */
export interface Message {
  readonly purpose: PurposeName;
  /** The alert or the feedback it is about, and its revision: the same message is never written twice. */
  readonly about: string;
  readonly rev: number;
  /** Of several alerts in one message: which. */
  readonly alerts?: readonly string[];
  readonly chat: string;
  /** The staff member it is for; absent for a citizen. */
  readonly staff?: string;
  /** ms since 1970. */
  readonly at: number;
  /** ms since 1970 from which on it is of no use; by its purpose when not given. */
  readonly expiresAt?: number;
  /** What it takes of the channel's budget: segments of an SMS. 1 when not given. */
  readonly cost?: number;
  /** The epoch by which it is held from the first: it was due before that began (`outboxEpoch.ts`). */
  readonly heldBy?: number;
  readonly notes: Say['notes'];
  readonly choices?: Say['choices'];
  readonly image?: Image;
  readonly file?: File;
}

const context = (id: string) => sealContext('deliveries', 'sealed', id);

/** The buttons of such a message belong to no question: they work by themselves, however old they are. */
const sayOf = ({ notes, choices, image, file }: Message): Say => ({
  notes,
  ...(choices === undefined ? {} : { choices }),
  ...(image === undefined ? {} : { image }),
  ...(file === undefined ? {} : { file }),
  turn: 0,
});

/** When it may leave, and from when on it may not any more. */
const timesOf = ({ purpose, at, expiresAt }: Message): Pick<DeliveryDoc, 'readyAt' | 'expiresAt'> => {
  const { lane, lasts }: Purpose = PURPOSES[purpose];
  const end = expiresAt ?? (lasts === undefined ? undefined : at + lasts);
  return {
    readyAt: new Date(isQuiet({ purpose, lane }) ? nextOpen(at) : at),
    ...(end === undefined ? {} : { expiresAt: new Date(end) }),
  };
};

/** The row that sends a message, to be inserted with what it tells of. Its id is the message's id for good. */
export const deliveryRow = (sealer: Pick<Sealer, 'seal'>, message: Message): DeliveryDoc => {
  const { purpose, about, rev, alerts, chat, staff, cost, heldBy } = message;
  const id = [about, purpose, rev, staff ?? chat].join(':');
  return {
    _id: id,
    about,
    chat,
    tried: [],
    lane: PURPOSES[purpose].lane,
    purpose,
    state: heldBy === undefined ? 'ready' : 'held',
    ...timesOf(message),
    attempt: 0,
    epoch: 0,
    sealed: sealer.seal(context(id), sayToJson(sayOf(message))),
    ...(alerts === undefined ? {} : { alerts: [...alerts] }),
    ...(staff === undefined ? {} : { staff }),
    ...(cost === undefined ? {} : { cost }),
    ...(heldBy === undefined ? {} : { heldBy }),
  };
};

/** What a row says. @throws Error when it holds no message of its own */
export const openRow = async (sealer: Pick<Sealer, 'open'>, { _id, sealed }: DeliveryDoc): Promise<Say> => {
  if (sealed === undefined) throw new Error('the message of this row stands elsewhere');
  return sayFromJson(await sealer.open(context(_id), sealed));
};

/** The context of an address that a row carries: it is shut for the chat it belongs to, whatever holds it. */
const addressContext = (chat: string) => sealContext('deliveries', 'to', chat);

export const sealAddress = (sealer: Pick<Sealer, 'seal'>, chat: string, address: string): Buffer =>
  sealer.seal(addressContext(chat), address);

/** Where a row goes that has an address of its own. */
export const openTo = async (
  sealer: Pick<Sealer, 'open'>,
  { chat, to }: Pick<DeliveryDoc, 'chat' | 'to'>,
): Promise<OutboxMessage['to']> =>
  to && { channel: to.channel, address: String(await sealer.open(addressContext(chat), to.address)) };
