import type { Store } from '../../../src/app/store.ts';
import { declarationsOf } from './check-outcome.ts';
import { chatOf, whoIs } from './check-updates.ts';
import type { Findings } from './findings.ts';
import type { Ledger } from './ledger.ts';
import type { Citizen } from './script.ts';
import type { FakeApi, Heard } from './telegram.ts';

/** By this whoever hears of an alert a second time knows that it is the same. */
const AGAIN = 'Tin gửi lại';

/** What one of the staff was sent, and which chat that is to us. */
export interface Told {
  readonly chat: string;
  readonly heard: readonly Heard[];
}

export const toldBy = (store: Store, api: Pick<FakeApi, 'heard'>, ledger: Ledger): Told => ({
  chat: chatOf(store, ledger),
  heard: api.heard(ledger.address),
});

/** An alert that nobody takes is told again every few minutes: each telling is a row, and comes once. */
const checkTold = async (
  store: Store,
  who: string,
  alert: string,
  { chat, heard }: Told,
  found: Findings,
): Promise<void> => {
  const told = heard.filter(({ markup }) => markup.includes(alert));
  const meant = await store.database.collections.deliveries.countDocuments({ about: alert, chat });
  if (told.length === 0) found.wrong('alertsMissing', `${who}: somebody on duty never heard of it`);
  const unsaid = told.filter(({ text }) => !text.includes(AGAIN)).length;
  found.wrong('alertsDoubled', `${who}: its alert came ${told.length} times, not ${meant}`, unsaid - meant);
};

/** One alert for each declaration that is one, told to each of the staff; whoever hears the same telling twice is told so. */
export const checkAlerts = async (
  store: Store,
  { sick }: Citizen,
  ledger: Ledger,
  staff: readonly Told[],
  found: Findings,
): Promise<void> => {
  const who = whoIs(ledger);
  const wanted = sick ? 1 : 0;
  for (const { doc } of await declarationsOf(store, ledger)) {
    const alerts = await store.database.collections.alerts.find({ subject: doc._id }).toArray();
    found.wrong('alertsMissing', `${who}: no alert`, wanted - alerts.length);
    found.wrong('alertsDoubled', `${who}: ${alerts.length} alerts`, alerts.length - wanted);
    for (const { _id } of alerts) for (const each of staff) await checkTold(store, who, _id, each, found);
  }
};
