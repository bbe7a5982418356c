import { line } from '../../dialogue/say.ts';
import { type Decision, decide, goesOn, type Outcome } from '../../domain/alert.ts';
import type { Json } from '../../domain/json.ts';
import { beginFollowUp } from '../followUps/begin.ts';
import type { Service, ServiceResult } from '../service.ts';
import { actorOf, stranger } from '../staff/actor.ts';
import type { StaffParts } from '../staff/parts.ts';
import type { StaffMember } from '../staff/record.ts';
import { changeOf, forActor, gone } from './act.ts';
import { maskedPerson } from './lines.ts';
import { type AlertBody, type OpenedAlert, sealAlert } from './record.ts';
import { released } from './release.ts';
import { tellStaff } from './tell.ts';

const refusal = ({ why }: Extract<Decision, { is: 'refused' }>): ServiceResult => ({
  value: { is: 'refused', line: { key: `alert.refused.${why}` } },
});

/** Whether this alert may be closed by who asks: asked before the note is, so that nobody types in vain. */
export const mayCloseAlert =
  (parts: StaffParts): Service =>
  async (args, context) => {
    const actor = await actorOf(parts, context);
    if (actor === null) return stranger;
    const opened = await forActor(parts, (args as { id: string }).id, actor);
    if (opened === null) return gone;
    const decision = decide(opened.alert, 'close', actor);
    if (decision.is === 'refused') return refusal(decision);
    const who = maskedPerson(opened.body.declared.person);
    return { value: { is: decision.is === 'same' ? 'closed' : 'yes', who } as unknown as Json };
  };

/** Somebody else closed what an owner had: they should know. */
const newsOfClosing = (parts: StaffParts, { alert, body }: OpenedAlert, actor: StaffMember, now: number) =>
  tellStaff(parts, alert.owner === undefined || alert.owner === actor.id ? [] : [alert.owner], {
    purpose: 'alertNews',
    about: alert.id,
    rev: alert.rev + 1,
    at: now,
    notes: [line('alert.news.closed', { who: maskedPerson(body.declared.person), name: actor.name })],
  });

/**
 * Ends an alert with what came of it and a note; only its owner or an admin may. Where nobody was reached, or it is
 * handed over, it is not over: it goes out again.
 */
export const closeAlert =
  (parts: StaffParts): Service =>
  async (args, context) => {
    const { id, outcome, note } = args as { id: string; outcome: Outcome; note: string };
    const actor = await actorOf(parts, context);
    if (actor === null) return stranger;
    const opened = await forActor(parts, id, actor);
    if (opened === null) return gone;
    const decision = decide(opened.alert, 'close', actor);
    if (decision.is === 'refused') return refusal(decision);
    if (decision.is === 'same') return { value: { is: 'closed' } };
    const body: AlertBody = { ...opened.body, closing: { outcome, note } };
    const sealed = sealAlert(parts, id, body);
    if (goesOn(outcome)) {
      return {
        value: { is: 'released' },
        effects: [released(opened.alert, actor.id, context.now, { sealed })],
      };
    }
    const more = { outcome, sealed };
    const watching = outcome === 'monitored' ? await beginFollowUp(parts, id, actor.id, context.now) : [];
    return {
      value: { is: 'closed' },
      effects: [
        changeOf(opened, decision, actor.id, context.now, more),
        ...watching,
        ...(await newsOfClosing(parts, opened, actor, context.now)),
      ],
    };
  };
