import type { Store } from '../../../src/app/store.ts';
import { declarationsOf } from './check-outcome.ts';
import { whoIs } from './check-updates.ts';
import type { Findings } from './findings.ts';
import type { Ledger } from './ledger.ts';
import type { Citizen } from './script.ts';
import type { Heard } from './telegram.ts';

/** By this whoever hears of an alert a second time knows that it is the same. */
const AGAIN = 'Tin gửi lại';

/** What the staff's chats were sent. */
export type Told = readonly (readonly Heard[])[];

const checkTold = (who: string, alert: string, staff: Told, found: Findings): void => {
  for (const chat of staff) {
    const told = chat.filter(({ markup }) => markup.includes(alert));
    if (told.length === 0) found.wrong('alertsMissing', `${who}: somebody on duty never heard of it`);
    const unsaid = told.slice(1).filter(({ text }) => !text.includes(AGAIN)).length;
    found.wrong('alertsDoubled', `${who}: its alert came ${told.length} times`, unsaid);
  }
};

/** One alert for each declaration that is one, told to each of the staff; whoever hears twice is told so. */
export const checkAlerts = async (
  store: Store,
  { sick }: Citizen,
  ledger: Ledger,
  staff: Told,
  found: Findings,
): Promise<void> => {
  const who = whoIs(ledger);
  const wanted = sick ? 1 : 0;
  for (const { doc } of await declarationsOf(store, ledger)) {
    const alerts = await store.database.collections.alerts.find({ subject: doc._id }).toArray();
    found.wrong('alertsMissing', `${who}: no alert`, wanted - alerts.length);
    found.wrong('alertsDoubled', `${who}: ${alerts.length} alerts`, alerts.length - wanted);
    for (const { _id } of alerts) checkTold(who, _id, staff, found);
  }
};
