import { randomBytes } from 'node:crypto';
import { startOfDay } from '../../domain/day.ts';
import type { Declared, Whom } from '../../domain/declaration.ts';
import { newCode } from '../../domain/lookupCode.ts';
import { randomId } from '../../security/random.ts';
import type { DeclarationDoc } from '../../store/declarations.ts';
import { type Effect, insert } from '../../store/effect.ts';
import { askAtOf } from '../reminders/next.ts';
import type { Service, ServiceContext } from '../service.ts';
import { isAsked } from './asked.ts';
import { judge } from './judge.ts';
import type { DeclarationParts } from './parts.ts';
import { changedPerson, newPerson } from './person.ts';
import { deleteAt, judgedFields, sealDeclaration, toldOf, validUntil } from './record.ts';

interface Submission {
  readonly whom: Whom;
  readonly declared: Declared;
  readonly consent: string;
}

/** From abroad it is an entry declaration (peers.md 5.2): the start is a country's code. */
const kindOf = ({ trip }: Declared): DeclarationDoc['kind'] =>
  /^[A-Z]{2}$/.test(trip.from.code) ? 'entry' : 'domestic';

/** The chat's own person is kept up to date; a companion is a new record each time: nobody changes another's. */
const whose = async (parts: DeclarationParts, whom: Whom, context: ServiceContext) => {
  const own = context.memory.person;
  const known =
    whom === 'me' &&
    typeof own === 'string' &&
    (await parts.models.people.exists({ _id: own, chats: context.chat }));
  return known ? { id: own, known: true } : { id: randomId(), known: false };
};

/** Takes a declaration: person, declaration and, if it is risky, the alert, all with the conversation or not at all. */
export const submitDeclaration =
  (parts: DeclarationParts): Service =>
  async (args, context) => {
    const { whom, declared, consent } = args as unknown as Submission;
    const { chat, now } = context;
    const person = await whose(parts, whom, context);
    const judged = await judge(parts, declared, { person: person.known ? person.id : undefined, now });
    const { risk } = judged;
    const [id, code, until] = [randomId(), newCode(randomBytes), validUntil(declared.trip.day, now)];
    const document: DeclarationDoc = {
      _id: id,
      kind: kindOf(declared),
      person: person.id,
      declaredBy: chat,
      chats: [chat],
      at: new Date(now),
      version: 1,
      codeIndex: parts.index('lookupCode', code),
      validFrom: new Date(Math.min(now, startOfDay(declared.trip.day))),
      validUntil: new Date(until),
      status: 'valid',
      ...judgedFields(parts, declared, risk),
      sealed: sealDeclaration(parts, id, {
        code,
        whom,
        consent: { version: consent, at: now },
        declared,
        reasons: risk.reasons,
      }),
      deleteAt: deleteAt(now),
    };
    const askAt = (await isAsked(parts, whom, document, declared, context))
      ? askAtOf(parts.rules(), document, now)
      : undefined;
    const alert = await parts.alert({
      declaration: id,
      person: person.id,
      declared: judged.declared,
      ...risk,
      area: document.area,
      at: now,
    });
    const about: Effect = person.known
      ? changedPerson(parts, person.id, declared.person, now)
      : newPerson(parts, person.id, declared.person, chat, now);
    return {
      value: toldOf(parts, { code, name: declared.person.name, risk, until, alert }),
      remember: { ...(whom === 'me' ? { person: person.id } : {}), lastDeclared: id },
      effects: [about, insert('declarations', { ...document, ...(askAt && { askAt }) }), ...alert.effects],
    };
  };
