import { line } from '../../dialogue/say.ts';
import type { Effect } from '../../store/effect.ts';
import type { StaffParts } from '../staff/parts.ts';
import { askRows } from './ask.ts';
import { changed } from './changed.ts';
import { countdown } from './countdown.ts';
import { alertButtons, fullCard } from './lines.ts';
import type { OpenedAlert } from './record.ts';
import { tellStaff } from './tell.ts';
import { firstAsk } from './whom.ts';

/** What is new beside the level or in it; also the end of a catalogue key. */
export type News = 'raised' | 'added';

/** Graver, or another matter: whoever has it is told; when nobody has, everybody is asked again. */
export const raiseAgain = async (
  parts: StaffParts,
  next: OpenedAlert,
  news: News,
): Promise<readonly Effect[]> => {
  const { alert, freshAt } = next;
  if (alert.owner === undefined) {
    const { members } = await firstAsk(parts, alert.area, alert.level, freshAt);
    const asked = members.map(({ id }) => id);
    const change = changed(parts, next, ['raised'], { waiting: asked.length === 0 }, asked);
    return [change, ...askRows(parts, next, members, freshAt)];
  }
  const told = await tellStaff(parts, [alert.owner], {
    purpose: 'alertNews',
    about: alert.id,
    rev: alert.rev,
    at: freshAt,
    notes: [line(`alert.news.${news}`), ...fullCard(next), ...countdown(parts, next, freshAt)],
    choices: alertButtons(alert, alert.owner),
  });
  return [changed(parts, next, ['raised'], { climbAt: new Date(freshAt) }), ...told];
};
