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

const item = ({ opened, waited = 0 }: Repeat): Line =>
  line('alertBundle.item', {
    level: line(`level.${opened.alert.level}`),
    who: maskedPerson(opened.body.declared.person),
    place: { place: placeOf(opened.alert.area) },
    minutes: Math.floor(waited / MINUTE),
  });

const notes = (repeats: readonly Repeat[]): readonly Line[] => [
  line('alertBundle.head', { count: repeats.length }),
  ...repeats.slice(0, NAMED).map(item),
  ...(repeats.length > NAMED ? [line('alertBundle.more', { more: repeats.length - NAMED })] : []),
];

/** One message about several alerts; named by the first of them and its revision, so that it is written once. */
const bundle = (parts: StaffParts, member: Told, repeats: readonly Repeat[], now: number) => {
  const [first] = repeats;
  if (first === undefined) return [];
  const { id, rev } = first.opened.alert;
  const telling = { purpose: 'alertBundle', about: id, rev, at: now } as const;
  return tell(parts, [member], { ...telling, notes: notes(repeats), choices: [TO_LIST] });
};

type Addressed = Repeat & { readonly members: readonly Told[] };

/** The messages of all these alerts: one each, or one for whoever would get many. */
export const bundled = (parts: StaffParts, all: readonly Addressed[], now: number): readonly Effect[] => {
  const members = new Map(all.flatMap((one) => one.members.map((member) => [member.id, member] as const)));
  return [...members.values()].flatMap((member) => {
    const theirs = all.filter((one) => one.members.some(({ id }) => id === member.id));
    if (theirs.length >= BUNDLE_FROM) return bundle(parts, member, theirs, now);
    return theirs.flatMap(({ opened, waited }) => askRows(parts, opened, [member], now, waited));
  });
};
