import type { AlertEntry } from '../../domain/alertState.ts';
import { stateAt, waitsUntil } from '../../domain/report/alertTimes.ts';
import type { CountedAlert, CountedOpen } from '../../domain/report/counted.ts';
import type { AlertDoc } from '../../store/alerts.ts';
import type { Collections } from '../../store/collections.ts';
import { available } from '../../store/errors.ts';
import { type Span, within } from './span.ts';

const SEEN = { _id: 0, area: 1, at: 1, history: 1 } as const;

type SeenAlert = Pick<AlertDoc, 'area' | 'at' | 'history'>;

/** What became of alerts up to a moment. `freshAt` is never before `at`, and has an index. */
export const countAlerts = async (
  { alerts }: Pick<Collections, 'alerts'>,
  span: Span,
): Promise<readonly CountedAlert[]> => {
  const [from, until] = span;
  const raised = { freshAt: { $gte: new Date(from) }, at: within(span) };
  const docs = await available(
    alerts.find<SeenAlert>(raised, { projection: SEEN }).sort({ at: 1 }).toArray(),
  );
  return docs.map(({ area, history }) => {
    const entries = history.map(({ what, at }) => ({ what: what as AlertEntry['what'], at: at.getTime() }));
    return { area, state: stateAt(entries, until), waits: waitsUntil(entries, until) };
  });
};

/** Alerts nobody has at this moment. */
export const countOpen = async ({ alerts }: Pick<Collections, 'alerts'>): Promise<readonly CountedOpen[]> => {
  const projection = { _id: 0, area: 1, at: 1, nobodySince: 1 } as const;
  const docs = await available(
    alerts.find<Pick<AlertDoc, 'area' | 'at' | 'nobodySince'>>({ state: 'open' }, { projection }).toArray(),
  );
  return docs.map(({ area, at, nobodySince }) => ({ area, since: (nobodySince ?? at).getTime() }));
};
