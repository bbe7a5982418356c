import type { Store } from '../../../src/app/store.ts';
import type { Declared } from '../../../src/domain/declaration.ts';
import { openDeclaration } from '../../../src/services/declarations/record.ts';
import { openFeedback } from '../../../src/services/feedback/record.ts';
import { chatOf, whoIs } from './check-updates.ts';
import type { Findings } from './findings.ts';
import type { Ledger } from './ledger.ts';
import { type Citizen, idNumberOf, nameOf, noteOf, phoneOf, seatOf } from './script.ts';

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

const notesOf = async (store: Store, ledger: Ledger) => {
  const docs = await store.database.collections.feedback.find({ chat: chatOf(store, ledger) }).toArray();
  return Promise.all(docs.map((doc) => openFeedback(store, doc)));
};

/** One declaration for the talk, and it says what the straight path says; the same for what was hard. */
export const checkOutcome = async (
  store: Store,
  citizen: Citizen,
  ledger: Ledger,
  straight: string,
  found: Findings,
): Promise<void> => {
  const who = whoIs(ledger);
  const declared = await declarationsOf(store, ledger);
  const notes = await notesOf(store, ledger);
  for (const [what, count] of [
    ['declaration', declared.length],
    ['note', notes.length],
  ] as const) {
    if (count === 0) found.wrong('lost', `${who}: no ${what}`);
    found.wrong('doubled', `${who}: ${count} × ${what}`, count - 1);
  }
  const paths = declared.map(({ sealed }) => pathOf(sealed.declared, citizen));
  const astray = paths.find((path) => path !== straight);
  if (astray !== undefined || notes.some(({ body }) => body.note !== noteOf(citizen)))
    found.wrong('reordered', `${who}: an answer stands in the wrong place: ${astray ?? 'the note'}`);
};
