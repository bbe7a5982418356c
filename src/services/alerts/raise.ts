import { alertArea } from '../../domain/alert.ts';
import { randomId } from '../../security/random.ts';
import type { AlertDoc } from '../../store/alerts.ts';
import { type Effect, insert } from '../../store/effect.ts';
import type { AlertSubject } from '../declarations/index.ts';
import type { StaffParts } from '../staff/parts.ts';
import { askRows } from './ask.ts';
import { sealAlert } from './record.ts';
import { clockFields, firstAsk } from './whom.ts';

/** Area path of the place that what was declared belongs to. */
export const areaOfSubject = ({ home, areaOf }: StaffParts, { area, declared }: AlertSubject): string => {
  const { trip, person } = declared;
  return alertArea([area, ...[trip.to, trip.from, person.home].map(({ code }) => areaOf(code))], home);
};

/** An alert about it, and one message for each who is to be asked. */
export const raise = async (parts: StaffParts, subject: AlertSubject): Promise<readonly Effect[]> => {
  const { declaration, person, declared, level, reasons, at, toldAt } = subject;
  const [id, area, when] = [randomId(), areaOfSubject(parts, subject), new Date(at)];
  const asking = await firstAsk(parts, area, level, at);
  const { members } = asking;
  const body = { declared, reasons, ...(toldAt === undefined ? {} : { toldAt }) };
  const doc: AlertDoc = {
    _id: id,
    subject: declaration,
    person,
    level,
    area,
    at: when,
    freshAt: when,
    state: 'open',
    rev: 1,
    asked: members.map((member) => member.id),
    unreached: [],
    nobodySince: when,
    rung: 0,
    ...clockFields(asking),
    history: [{ what: 'opened', at: when }],
    sealed: sealAlert(parts, id, body),
  };
  const alert = { id, rev: 1, level, area, state: 'open', asked: doc.asked } as const;
  return [insert('alerts', doc), ...askRows(parts, { alert, body, at, freshAt: at }, members, at)];
};
