import type { Store } from '../../../src/app/store.ts';
import { checkAlerts, type Told } from './check-alerts.ts';
import { checkOutcome } from './check-outcome.ts';
import { checkReplies } from './check-replies.ts';
import { chatOf, checkUpdates, whoIs } from './check-updates.ts';
import { Findings } from './findings.ts';
import type { Phone } from './phone.ts';
import type { Citizen } from './script.ts';

/** Somebody who took part, and whether all they said was taken in time. */
export interface Person {
  readonly citizen: Citizen;
  readonly phone: Phone;
  finished: boolean;
}

/** What comes of a talk in which nothing goes wrong. */
export interface Straight {
  readonly declared: string;
  readonly replies: ReadonlySet<string>;
}

export interface Evidence {
  readonly store: Store;
  readonly people: readonly Person[];
  readonly staff: readonly Told[];
  readonly straightOf: (person: Person) => Straight;
}

/** Nothing but what these people did: what belongs to nobody was written by mistake. */
const checkStrays = async ({ store, people }: Evidence, found: Findings): Promise<void> => {
  const { declarations, feedback, alerts } = store.database.collections;
  const chats = people.map(({ phone }) => chatOf(store, phone.ledger));
  const subjects = await declarations.distinct('_id');
  const declared = await declarations.countDocuments({ declaredBy: { $nin: chats } });
  const noted = await feedback.countDocuments({ chat: { $nin: chats } });
  const alerted = await alerts.countDocuments({ subject: { $nin: subjects } });
  found.wrong('doubled', `${declared} declarations of nobody`, declared);
  found.wrong('doubled', `${noted} notes of nobody`, noted);
  found.wrong('alertsDoubled', `${alerted} alerts about nothing`, alerted);
};

/** Looks at what the platforms saw and at what the database holds, and counts what does not fit. */
export const check = async (evidence: Evidence): Promise<Findings> => {
  const { store, people, staff, straightOf } = evidence;
  const found = new Findings();
  for (const person of people) {
    const { citizen, phone, finished } = person;
    const { declared, replies } = straightOf(person);
    if (!finished) found.wrong('lost', `${whoIs(phone.ledger)}: could not finish`);
    await checkUpdates(store, phone.ledger, found);
    await checkOutcome(store, citizen, phone.ledger, declared, found);
    await checkReplies(citizen, phone, replies, found);
    await checkAlerts(store, citizen, phone.ledger, staff, found);
  }
  await checkStrays(evidence, found);
  return found;
};
