import { type Decision, decide, goesOn, type Outcome } from '../../domain/alert.ts';
import type { Json } from '../../domain/json.ts';
import { beginFollowUp } from '../followUps/begin.ts';
import type { Service, ServiceResult } from '../service.ts';
import { actorOf, stranger } from '../staff/actor.ts';
import type { StaffParts } from '../staff/parts.ts';
import { changeOf } from './act.ts';
import { withHad } from './had.ts';
import { maskedPerson } from './lines.ts';
import { sealAlert } from './record.ts';
import { released } from './release.ts';
import { newsOf } from './relieve.ts';
import { forActor, gone } from './show.ts';

const refusal = ({ why }: Extract<Decision, { is: 'refused' }>): ServiceResult => ({
  value: { is: 'refused', line: { key: `alert.refused.${why}` } },
});

/** Any other outcome: nobody is to be watched, and nothing is missing. */
const NOT_ASKED_FOR = { watched: true, effects: [] } as const;

/** Whether this alert may be closed by who asks: asked before the note is, so that nobody types in vain. */
export const mayCloseAlert =
  (parts: StaffParts): Service =>
  async (args, context) => {
    const actor = await actorOf(parts, context);
    if (actor === null) return stranger;
    const opened = await forActor(parts, (args as { id: string }).id, actor, context.now);
    if (opened === null) return gone;
    const decision = decide(opened.alert, 'close', actor);
    if (decision.is === 'refused') return refusal(decision);
    const who = maskedPerson(opened.body.declared.person);
    return { value: { is: decision.is === 'same' ? 'closed' : 'yes', who } as unknown as Json };
  };

/**
 * Ends an alert with what came of it and a note; only its owner or an admin may. Where nobody was reached, or it is
 * handed over, it is not over: it goes out again. `unwatched`: it is closed, but nobody can be asked how they are.
 */
export const closeAlert =
  (parts: StaffParts): Service =>
  async (args, context) => {
    const { id, outcome, note } = args as { id: string; outcome: Outcome; note: string };
    const actor = await actorOf(parts, context);
    if (actor === null) return stranger;
    const opened = await forActor(parts, id, actor, context.now);
    if (opened === null) return gone;
    const decision = decide(opened.alert, 'close', actor);
    if (decision.is === 'refused') return refusal(decision);
    if (decision.is === 'same') return { value: { is: 'closed' } };
    const closing = { outcome, note };
    if (goesOn(outcome)) {
      const had = withHad(opened.body, { name: actor.name, at: context.now, closing });
      const sealed = sealAlert(parts, id, had);
      const effects = [released(opened.alert, actor.id, context.now, { sealed })];
      return {
        value: { is: 'released' },
        effects: [...effects, ...(await newsOf('sentOut', parts, opened, actor, context.now))],
      };
    }
    const more = { outcome, sealed: sealAlert(parts, id, { ...opened.body, closing }) };
    const watching =
      outcome === 'monitored' ? await beginFollowUp(parts, id, actor.id, context.now) : NOT_ASKED_FOR;
    return {
      value: { is: watching.watched ? 'closed' : 'unwatched' },
      effects: [
        changeOf(opened, decision, actor.id, context.now, more),
        ...watching.effects,
        ...(await newsOf('closed', parts, opened, actor, context.now)),
      ],
    };
  };
