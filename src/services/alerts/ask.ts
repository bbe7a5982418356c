import { type Line, line } from '../../dialogue/say.ts';
import type { Effect } from '../../store/effect.ts';
import type { StaffParts } from '../staff/parts.ts';
import { countdown } from './countdown.ts';
import { alertButtons, maskedCard } from './lines.ts';
import type { OpenedAlert } from './record.ts';
import { type Told, tell } from './tell.ts';

const MINUTE = 60_000;

const unclaimed = (waited: number | undefined): readonly Line[] =>
  waited === undefined ? [] : [line('alert.unclaimed', { minutes: Math.floor(waited / MINUTE) })];

/** The messages that ask members to take an alert on. @param waited ms that nobody has had it, when asked again */
export const askRows = (
  parts: StaffParts,
  opened: OpenedAlert,
  members: readonly Told[],
  now: number,
  waited?: number,
): readonly Effect[] =>
  tell(parts, members, {
    purpose: 'alert',
    about: opened.alert.id,
    rev: opened.alert.rev,
    at: now,
    notes: [...unclaimed(waited), ...maskedCard(opened), ...countdown(parts, opened, now)],
    choices: alertButtons(opened.alert),
  });
