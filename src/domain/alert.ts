import type { AlertEntry, AlertState } from './alertState.ts';
import { LEVELS, type Level, type Reason } from './declaration.ts';
import { covers, handlesAlerts, provinceOf, type Role } from './roster.ts';

/** What came of it, told when it is closed. */
export const OUTCOMES = ['referred', 'monitored', 'cleared', 'unreachable', 'handedOver'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** With these nothing is over: somebody else must take the alert on. */
export const goesOn = (outcome: Outcome): boolean => outcome === 'unreachable' || outcome === 'handedOver';

/** What is decided by, without anything personal. */
export interface Alert {
  readonly id: string;
  /** Counts the changes; a change names the one it saw. */
  readonly rev: number;
  readonly level: Level;
  /** Area path of the place it is about. */
  readonly area: string;
  readonly state: AlertState;
  readonly owner?: string;
  /** Staff members it was sent to. */
  readonly asked: readonly string[];
  /** It stands still with its owner: who else was told so. Absent: it does not. */
  readonly told?: readonly string[];
  /** The authority was told of it, as its owner noted then (ms since 1970). */
  readonly reported?: number;
  /** While it is closed: since when (ms since 1970), and by whom. */
  readonly closed?: { readonly at: number; readonly by: string };
}

/** The staff member who acts, as the database knows them at this moment. */
export interface Handler {
  readonly id: string;
  readonly role: Role;
  readonly area: string;
}

export type Act = 'claim' | 'call' | 'close';

/** Why an act is refused; also the end of a catalogue key. */
export type Refusal = 'notAllowed' | 'taken' | 'closed' | 'claimFirst' | 'notYours';

export type Decision =
  | {
      readonly is: 'done';
      readonly state: AlertState;
      readonly owner: string;
      readonly entries: readonly AlertEntry['what'][];
    }
  /** Already so: pressed twice. Nothing changes. */
  | { readonly is: 'same' }
  | { readonly is: 'refused'; readonly why: Refusal };

/** Who may look at an alert and take it: whose area holds the place, or who was asked or told of it, or has it. */
export const mayHandle = (
  { id, role, area }: Handler,
  { area: place, asked, told = [], owner }: Pick<Alert, 'area' | 'asked' | 'told' | 'owner'>,
): boolean =>
  handlesAlerts(role) && (covers(area, place) || owner === id || asked.includes(id) || told.includes(id));

const done = (state: AlertState, owner: string, ...entries: readonly AlertEntry['what'][]): Decision => ({
  is: 'done',
  state,
  owner,
  entries,
});

const refused = (why: Refusal): Decision => ({ is: 'refused', why });

const claim = ({ state, owner }: Alert, by: string): Decision => {
  if (state === 'open') return done('claimed', by, 'claimed');
  return owner === by ? { is: 'same' } : refused('taken');
};

/** To call is to take it on. */
const call = ({ state, owner }: Alert, by: string): Decision => {
  if (state === 'open') return done('called', by, 'claimed', 'called');
  return owner === by ? done('called', by, 'called') : refused('taken');
};

const close = ({ state, owner }: Alert, { id, role }: Handler): Decision => {
  if (role === 'admin' || owner === id) return done('closed', owner ?? id, 'closed');
  return refused(state === 'open' ? 'claimFirst' : 'notYours');
};

/** What an act of a staff member does to an alert. */
export const decide = (alert: Alert, act: Act, by: Handler): Decision => {
  // First: a closed one is also seen by whoever may open it again (`alertReopen.ts`).
  if (alert.state === 'closed')
    return act === 'close' && alert.owner === by.id ? { is: 'same' } : refused('closed');
  if (!mayHandle(by, alert)) return refused('notAllowed');
  if (act === 'claim') return claim(alert, by.id);
  return act === 'call' ? call(alert, by.id) : close(alert, by);
};

/** What a later declaration of the same subject means for its alert: told again only when it is graver or another matter. */
export type Renewal = 'raised' | 'updated';

/** A reason is known when it was told before with at least as many signs and in the same place. */
const isKnown = (known: readonly Reason[], { key, values }: Reason): boolean =>
  known.some(
    (one) =>
      one.key === key &&
      one.values?.place === values?.place &&
      Number(one.values?.count ?? 0) >= Number(values?.count ?? 0),
  );

interface Judged {
  readonly level: Level;
  readonly reasons: readonly Reason[];
}

export const renewal = (known: Judged, now: Judged): Renewal => {
  const graver = LEVELS.indexOf(now.level) > LEVELS.indexOf(known.level);
  return graver || now.reasons.some((reason) => !isKnown(known.reasons, reason)) ? 'raised' : 'updated';
};

/** An alert does not grow milder by itself: whoever handles it decides. */
export const graver = (a: Level, b: Level): Level => (LEVELS.indexOf(b) > LEVELS.indexOf(a) ? b : a);

/**
 * The area an alert belongs to: where the person stays, if that is in the home province; else the first place of
 * the trip that is; else the province itself, so that a traveller who leaves is not nobody's.
 */
export const alertArea = (areas: readonly string[], home: string): string =>
  areas.find((area) => provinceOf(area) === home) ?? home;

/**
 * The area an alert under way belongs to when its person stays somewhere else. Whoever leaves the home province stays
 * with those who know them, and a place that is said less exactly than before is no other place.
 */
export const areaAfter = (before: string, stay: string, home: string): string =>
  provinceOf(stay) !== home || covers(stay, before) ? before : stay;
