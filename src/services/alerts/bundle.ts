import type { PurposeName } from '../../delivery/outboxPurposes.ts';
import { type Choice, type Line, line } from '../../dialogue/say.ts';
import { goArgument } from '../../dialogue/words.ts';
import type { Effect } from '../../store/effect.ts';
import type { StaffParts } from '../staff/parts.ts';
import { placeOf } from '../staff/record.ts';
import { askRows } from './ask.ts';
import { maskedPerson } from './lines.ts';
import type { OpenedAlert } from './record.ts';
import { type Told, tell } from './tell.ts';

/** An alert somebody is asked about. `waited` (ms): once more, because nobody has it for so long. */
export interface Repeat {
  readonly opened: OpenedAlert;
  readonly waited?: number;
}

/** From so many at once they are one message: a telephone that rings twenty times is switched off. */
const BUNDLE_FROM = 3;
/** Alerts a bundle names; the rest are counted, and all stand in the list. */
const NAMED = 10;
const MINUTE = 60_000;

export const TO_LIST: Choice = { id: `/go:${goArgument('inbox', {})}`, label: line('alert.do.inbox') };

/** How messages about alerts read: alone to a member, and as one item of many. */
export interface Wording<One extends Repeat> {
  readonly purpose: PurposeName;
  /** Sentences of a bundle: its head (count), an item, and how many more (more). */
  readonly head: string;
  readonly item: (one: One) => Line;
  readonly alone: (parts: StaffParts, one: One, member: Told, now: number) => readonly Effect[];
}

const ASKING: Wording<Repeat> = {
  purpose: 'alertBundle',
  head: 'alertBundle.head',
  item: ({ opened, waited = 0 }) =>
    line('alertBundle.item', {
      level: line(`level.${opened.alert.level}`),
      who: maskedPerson(opened.body.declared.person),
      place: { place: placeOf(opened.alert.area) },
      minutes: Math.floor(waited / MINUTE),
    }),
  alone: (parts, { opened, waited }, member, now) => askRows(parts, opened, [member], now, waited),
};

const notes = <One extends Repeat>(
  { head, item }: Wording<One>,
  repeats: readonly One[],
): readonly Line[] => [
  line(head, { count: repeats.length }),
  ...repeats.slice(0, NAMED).map(item),
  ...(repeats.length > NAMED ? [line('alertBundle.more', { more: repeats.length - NAMED })] : []),
];

/** One message about several alerts; named by the first of them and its revision, so that it is written once. */
const bundle = <One extends Repeat>(
  parts: StaffParts,
  wording: Wording<One>,
  member: Told,
  repeats: readonly One[],
  now: number,
) => {
  const [first] = repeats;
  if (first === undefined) return [];
  const { id, rev } = first.opened.alert;
  const alerts = repeats.map(({ opened }) => opened.alert.id);
  const telling = { purpose: wording.purpose, about: id, rev, alerts, at: now } as const;
  return tell(parts, [member], { ...telling, notes: notes(wording, repeats), choices: [TO_LIST] });
};

type Addressed<One extends Repeat> = One & { readonly members: readonly Told[] };

/** The messages of all these alerts in a wording: one each, or one for whoever would get many. */
export const bundledAs = <One extends Repeat>(
  parts: StaffParts,
  wording: Wording<One>,
  all: readonly Addressed<One>[],
  now: number,
): readonly Effect[] => {
  const members = new Map(all.flatMap((one) => one.members.map((member) => [member.id, member] as const)));
  return [...members.values()].flatMap((member) => {
    const theirs = all.filter((one) => one.members.some(({ id }) => id === member.id));
    if (theirs.length >= BUNDLE_FROM) return bundle(parts, wording, member, theirs, now);
    return theirs.flatMap((one) => wording.alone(parts, one, member, now));
  });
};

/** The messages that ask members to take these alerts on. */
export const bundled = (
  parts: StaffParts,
  all: readonly Addressed<Repeat>[],
  now: number,
): readonly Effect[] => bundledAs(parts, ASKING, all, now);
