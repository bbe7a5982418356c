import { line, type Value } from '../../dialogue/say.ts';
import type { AlertDoc } from '../../store/alerts.ts';
import type { Effect } from '../../store/effect.ts';
import type { StaffParts } from '../staff/parts.ts';
import { placeOf } from '../staff/record.ts';
import type { News } from './again.ts';
import { askRows } from './ask.ts';
import { changed } from './changed.ts';
import { countdown } from './countdown.ts';
import { alertButtons, fullCard, maskedPerson } from './lines.ts';
import type { OpenedAlert } from './record.ts';
import { tellStaff } from './tell.ts';
import { climbingOf, clockFields, whomToAsk } from './whom.ts';

/** An alert whose person is at another place now: as it stood, as it is to stand there, and what else is new. */
interface Move {
  readonly before: AlertDoc;
  readonly next: OpenedAlert;
  readonly news: News | undefined;
}

const entries = ({ news }: Move) =>
  news === undefined ? (['moved'] as const) : (['raised', 'moved'] as const);

const there = ({ next }: Move): Value => ({ place: placeOf(next.alert.area) });

/** Those of the new place, as far up as it had climbed: a move does not put the clock of what nobody has back. */
const whomThere = async (parts: StaffParts, { before, next: { alert, freshAt } }: Move) => {
  const climbing = { ...climbingOf(before), area: alert.area, asked: [], waiting: true };
  const nobody = { members: [], rung: climbing.rung, due: climbing.due };
  return (await whomToAsk(parts, climbing, alert.level, freshAt)) ?? nobody;
};

/** Those who were asked before hear that it went, unless they are asked there too: it is not theirs to see any more. */
const askThere = async (parts: StaffParts, move: Move): Promise<readonly Effect[]> => {
  const { before, next } = move;
  const { alert, body, freshAt } = next;
  const asking = await whomThere(parts, move);
  const asked = asking.members.map(({ id }) => id);
  const gone = before.asked.filter((id) => !asked.includes(id));
  const told = await tellStaff(parts, gone, {
    purpose: 'alertTaken',
    about: alert.id,
    rev: alert.rev,
    at: freshAt,
    notes: [line('alert.news.movedAway', { who: maskedPerson(body.declared.person), place: there(move) })],
  });
  const change = changed(parts, next, entries(move), { area: alert.area, asked, ...clockFields(asking) });
  return [change, ...askRows(parts, next, asking.members, freshAt), ...told];
};

/** Whoever has it keeps it: they know the person. They hear of it, and may give it to those of the new place. */
const tellOwner = async (parts: StaffParts, move: Move, owner: string): Promise<readonly Effect[]> => {
  const { next, news } = move;
  const { alert, freshAt } = next;
  const told = await tellStaff(parts, [owner], {
    purpose: 'alertNews',
    about: alert.id,
    rev: alert.rev,
    at: freshAt,
    notes: [
      line('alert.news.moved', { place: there(move) }),
      ...(news === undefined ? [] : [line(`alert.news.${news}`)]),
      ...fullCard(next),
      ...countdown(parts, next, freshAt),
    ],
    choices: alertButtons({ ...alert, told: alert.told ?? [] }, owner),
  });
  const clock = news === undefined ? {} : { climbAt: new Date(freshAt) };
  return [changed(parts, next, entries(move), { area: alert.area, asked: [], ...clock }), ...told];
};

/** What it takes that the person of an alert under way is at another place now, which has other staff. */
export const planMove = (parts: StaffParts, move: Move): Promise<readonly Effect[]> => {
  const { owner } = move.next.alert;
  return owner === undefined ? askThere(parts, move) : tellOwner(parts, move, owner);
};
