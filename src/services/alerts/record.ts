import type { Alert, Outcome } from '../../domain/alert.ts';
import type { Declared, Level, Reason } from '../../domain/declaration.ts';
import type { Json } from '../../domain/json.ts';
import { sealContext } from '../../security/sealer.ts';
import type { AlertDoc } from '../../store/alerts.ts';
import type { StaffParts } from '../staff/parts.ts';
import { eachAlone } from '../stuck.ts';
import type { Had } from './had.ts';

/** What lies sealed in an alert: what was declared last, why it is one, and the note it was closed with. */
export interface AlertBody {
  readonly declared: Declared;
  readonly reasons: readonly Reason[];
  /** Where the last news were no declaration: when one was made last (ms since 1970). Else that is `freshAt`. */
  readonly toldAt?: number;
  /** The last of its declarations that was taken back: when that was made, and when withdrawn (ms since 1970). */
  readonly withdrawn?: { readonly declared: number; readonly at: number };
  /** Who noted that the authority was told; when, stands in the history. */
  readonly reportedBy?: string;
  readonly closing?: { readonly outcome: Outcome; readonly note: string };
  /** Who had it before it went out again, the last one last. */
  readonly had?: readonly Had[];
}

export interface OpenedAlert {
  readonly alert: Alert;
  readonly body: AlertBody;
  /** ms since 1970: when it was raised, and when the last news of it came. */
  readonly at: number;
  readonly freshAt: number;
}

/** When it was closed and by whom, as long as it is. */
const closedOf = ({ state, history }: AlertDoc): Pick<Alert, 'closed'> => {
  const last = state === 'closed' ? history.findLast(({ what }) => what === 'closed') : undefined;
  return last?.by === undefined ? {} : { closed: { at: last.at.getTime(), by: last.by } };
};

const reportedOf = ({ history }: AlertDoc): Pick<Alert, 'reported'> => {
  const noted = history.find(({ what }) => what === 'reported');
  return noted === undefined ? {} : { reported: noted.at.getTime() };
};

const context = (id: string) => sealContext('alerts', 'sealed', id);

export const sealAlert = ({ sealer }: StaffParts, id: string, body: AlertBody): Buffer =>
  sealer.seal(context(id), body as unknown as Json);

export const openAlert = async (
  { sealer }: { readonly sealer: Pick<StaffParts['sealer'], 'open'> },
  doc: AlertDoc,
): Promise<OpenedAlert> => ({
  alert: {
    id: doc._id,
    rev: doc.rev,
    level: doc.level as Level,
    area: doc.area,
    state: doc.state,
    asked: doc.asked,
    ...(doc.owner === undefined ? {} : { owner: doc.owner }),
    ...(doc.stalled === undefined ? {} : { told: doc.stalled.told }),
    ...reportedOf(doc),
    ...closedOf(doc),
  },
  body: (await sealer.open(context(doc._id), doc.sealed)) as unknown as AlertBody,
  at: doc.at.getTime(),
  freshAt: doc.freshAt.getTime(),
});

export const findAlert = async (parts: StaffParts, id: string): Promise<OpenedAlert | null> => {
  const doc = await parts.collections.alerts.findOne({ _id: id });
  return doc === null ? null : openAlert(parts, doc);
};

/** Those of some alerts that can be opened. */
export const openAlerts = (parts: StaffParts, docs: readonly AlertDoc[]): Promise<readonly OpenedAlert[]> =>
  eachAlone(
    docs,
    (doc) => openAlert(parts, doc),
    (error, { _id: id }) => parts.onStuck?.(error, { collection: 'alerts', id }),
  );
