import type { Store } from '../../../src/app/store.ts';
import type { Declared } from '../../../src/domain/declaration.ts';
import { openDeclaration } from '../../../src/services/declarations/record.ts';
import { openFeedback } from '../../../src/services/feedback/record.ts';
import { deliveryKey, unpackSeen } from '../../../src/store/seen.ts';
import type { Ledger } from './ledger.ts';
import type { Phone } from './phone.ts';
import { type Citizen, idNumberOf, nameOf, noteOf, phoneOf, scriptOf, seatOf } from './script.ts';
import type { Heard } from './telegram.ts';

/** Somebody who took part, and whether all they said was taken in time. */
export interface Person {
  readonly citizen: Citizen;
  readonly phone: Phone;
  finished: boolean;
}

export interface Counts {
  updates: number;
  lost: number;
  doubled: number;
  reordered: number;
  repliesTwice: number;
  alertsMissing: number;
  alertsDoubled: number;
}

export interface Findings extends Counts {
  /** What was wrong, in words, for whoever looks for the cause. */
  readonly wrong: string[];
}

const AGAIN = 'Tin gửi lại';

const chatOf = ({ index }: Store, { channel, address }: Ledger): string =>
  index('chat', `${channel}|${address}`);

/** What was declared, with what is the person's own taken out: the same for all who took the same path. */
export const pathOf = (declared: Declared, citizen: Citizen): string => {
  const { health, ...rest } = declared;
  const symptoms = [...health.symptoms].sort();
  return JSON.stringify({ ...rest, health: { ...health, symptoms } })
    .replace(`"${nameOf(citizen)}"`, '"name"')
    .replace(`"${idNumberOf(citizen)}"`, '"id"')
    .replace(`"+84${phoneOf(citizen).slice(1)}"`, '"phone"')
    .replace(`"seat":"${seatOf(citizen)}"`, '"seat"');
};

export const declarationsOf = async (store: Store, ledger: Ledger) => {
  const docs = await store.database.collections.declarations
    .find({ declaredBy: chatOf(store, ledger) })
    .toArray();
  return Promise.all(docs.map((doc) => openDeclaration(store as never, doc)));
};

/** Each update that was taken stands once in the chat's memory of deliveries, in the order it was said. */
const checkUpdates = async (store: Store, { ledger }: Phone, found: Findings): Promise<void> => {
  const chat = chatOf(store, ledger);
  const doc = await store.database.collections.conversations.findOne({ _id: chat });
  const seen = doc === null ? [] : unpackSeen(doc.seen);
  const keyOf = (id: string) => deliveryKey(store.index('delivery', `${chat}|${id}`));
  let before = -1;
  for (const { deliveryId, accepted, inOrder } of ledger.entries) {
    const key = keyOf(deliveryId);
    const at = seen.indexOf(key);
    found.updates += 1;
    if (at === -1) {
      found.lost += 1;
      found.wrong.push(
        `${ledger.channel} ${ledger.address}: ${deliveryId} ${accepted ? 'lost' : 'never taken'}`,
      );
      continue;
    }
    if (seen.lastIndexOf(key) !== at) {
      found.doubled += 1;
      found.wrong.push(`${ledger.channel} ${ledger.address}: ${deliveryId} applied twice`);
    }
    if (!inOrder) continue;
    if (at < before) {
      found.reordered += 1;
      found.wrong.push(`${ledger.channel} ${ledger.address}: ${deliveryId} was overtaken`);
    }
    before = Math.max(before, at);
  }
};

/** One declaration for the talk, and it says what the straight path says; the same for what was hard. */
const checkOutcome = async (store: Store, person: Person, straight: string, found: Findings) => {
  const { citizen, phone } = person;
  const who = `${phone.ledger.channel} ${phone.ledger.address}`;
  const declared = await declarationsOf(store, phone.ledger);
  const notes = await store.database.collections.feedback
    .find({ chat: chatOf(store, phone.ledger) })
    .toArray();
  const opened = await Promise.all(notes.map((doc) => openFeedback(store, doc)));
  for (const [what, count] of [
    ['declaration', declared.length],
    ['note', notes.length],
  ] as const) {
    if (count === 0) found.lost += 1;
    found.doubled += Math.max(0, count - 1);
    if (count !== 1) found.wrong.push(`${who}: ${count} × ${what}`);
  }
  const paths = declared.map(({ sealed }) => pathOf(sealed.declared, citizen));
  const astray = paths.find((path) => path !== straight);
  if (astray !== undefined || opened.some(({ body }) => body.note !== noteOf(citizen))) {
    found.reordered += 1;
    found.wrong.push(`${who}: an answer stands in the wrong place: ${astray ?? 'the note'}`);
  }
};

/** Every question and its answer were heard; how often a message came once more than it was said. */
const checkReplies = async ({ citizen, phone }: Person, found: Findings): Promise<void> => {
  const heard = await phone.heard();
  for (const { hears } of scriptOf(citizen)) {
    if (heard.some(({ text }) => text.includes(hears))) continue;
    found.lost += 1;
    found.wrong.push(`${phone.ledger.channel} ${phone.ledger.address}: never heard "${hears}"`);
  }
  const keys = heard.flatMap(({ key }) => (key === '' ? [] : [key]));
  found.repliesTwice += keys.length - new Set(keys).size;
};

/** One alert for each declaration that is one, told to each of the staff; whoever hears twice is told so. */
const checkAlerts = async (
  store: Store,
  { citizen, phone }: Person,
  staff: readonly (readonly Heard[])[],
  found: Findings,
): Promise<void> => {
  const who = `${phone.ledger.channel} ${phone.ledger.address}`;
  for (const { doc } of await declarationsOf(store, phone.ledger)) {
    const alerts = await store.database.collections.alerts.find({ subject: doc._id }).toArray();
    const wanted = citizen.sick ? 1 : 0;
    if (alerts.length !== wanted) found.wrong.push(`${who}: ${alerts.length} alerts`);
    found.alertsMissing += Math.max(0, wanted - alerts.length);
    found.alertsDoubled += Math.max(0, alerts.length - wanted);
    for (const { _id } of alerts)
      for (const chat of staff) {
        const told = chat.filter(({ markup }) => markup.includes(_id));
        const unsaid = told.slice(1).filter(({ text }) => !text.includes(AGAIN)).length;
        if (told.length === 0) found.alertsMissing += 1;
        found.alertsDoubled += unsaid;
        if (told.length === 0 || unsaid > 0) found.wrong.push(`${who}: its alert came ${told.length} times`);
      }
  }
};

export interface Evidence {
  readonly store: Store;
  readonly people: readonly Person[];
  /** What the staff's chats were sent. */
  readonly staff: readonly (readonly Heard[])[];
  /** By the person's state of health. */
  readonly straight: ReadonlyMap<boolean, string>;
}

/** Looks at what the platforms saw and at what the database holds, and counts what does not fit. */
export const check = async ({ store, people, staff, straight }: Evidence): Promise<Findings> => {
  const found: Findings = {
    updates: 0,
    lost: 0,
    doubled: 0,
    reordered: 0,
    repliesTwice: 0,
    alertsMissing: 0,
    alertsDoubled: 0,
    wrong: [],
  };
  for (const person of people) {
    await checkUpdates(store, person.phone, found);
    await checkOutcome(store, person, straight.get(person.citizen.sick) ?? '', found);
    await checkReplies(person, found);
    await checkAlerts(store, person, staff, found);
  }
  return found;
};

export const holds = (found: Counts): boolean =>
  found.lost + found.doubled + found.reordered + found.alertsMissing + found.alertsDoubled === 0;
