import { line } from '../../dialogue/say.ts';
import { type Effect, update } from '../../store/effect.ts';
import type { StaffParts } from '../staff/parts.ts';
import { maskedPerson } from './lines.ts';
import { openAlerts, sealAlert } from './record.ts';
import { alertOf } from './standing.ts';
import { tellStaff } from './tell.ts';

/** A declaration that was taken back: which one, when it was made, and when it was withdrawn (ms since 1970). */
export interface Withdrawal {
  readonly declaration: string;
  readonly declared: number;
  readonly at: number;
}

/**
 * What a withdrawal changes about the alert of the declaration: the card says so, and whoever has it is told. It stays
 * open: taking back what was said heals nobody, and whoever handles it decides.
 */
export const planWithdrawn =
  (parts: StaffParts) =>
  async ({ declaration, declared, at }: Withdrawal): Promise<readonly Effect[]> => {
    const doc = await alertOf(parts, declaration);
    if (doc === null || doc.state === 'closed') return [];
    const { _id, rev, owner } = doc;
    const [opened] = await openAlerts(parts, [doc]);
    if (opened === undefined) return [];
    const { body } = opened;
    const news = await tellStaff(parts, owner === undefined ? [] : [owner], {
      purpose: 'alertNews',
      about: _id,
      rev: rev + 1,
      at,
      notes: [line('alert.news.withdrawn', { who: maskedPerson(body.declared.person) })],
    });
    const change = {
      $set: { sealed: sealAlert(parts, _id, { ...body, withdrawn: { declared, at } }) },
      $inc: { rev: 1 },
      $push: { history: { what: 'withdrawn', at: new Date(at) } },
    };
    return [update('alerts', { _id, rev }, change, { must: true }), ...news];
  };
