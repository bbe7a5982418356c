import type { Ask } from '../../src/dialogue/ask.ts';
import type { Asking } from '../../src/dialogue/flow.ts';
import type { Option } from '../../src/dialogue/question/question.ts';
import { line } from '../../src/dialogue/say.ts';
import type { Json } from '../../src/domain/json.ts';
import { groupCode, readCode } from '../../src/domain/lookupCode.ts';
import { ok, type Parsed, problem } from '../../src/domain/parsed.ts';

/** One of the chat's own declarations, as a list shows it. */
export interface OwnDeclaration {
  readonly [key: string]: Json;
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly to: string;
  readonly day: string;
  readonly status: 'valid' | 'ended' | 'withdrawn';
}

/** Checked by its check character before anybody asks the database. */
export const parseCode = (raw: string): Parsed<string> => {
  const reading = readCode(raw);
  return reading.is === 'code'
    ? ok(reading.code)
    : problem(reading.is === 'mistyped' ? 'problem.codeMistyped' : 'problem.code');
};

const OTHER = 'other';

const reads = ({ name, to, day }: OwnDeclaration): string => JSON.stringify([name, to, day]);

/** Two of one journey would be one and the same button: those bear the end of their code, as it stands under the QR. */
const optionOf = (one: OwnDeclaration, _at: number, all: readonly OwnDeclaration[]): Option => {
  const { id, code, name, to, day } = one;
  const alike = all.filter((other) => reads(other) === reads(one)).length > 1;
  const values = { name, to: { place: to }, date: { date: day } };
  const end = groupCode(code).split('-').at(-1) ?? code;
  return {
    id,
    value: id,
    label: alike ? line('own.item.code', { ...values, end }) : line('own.item', values),
  };
};

/** What came of a code; `limited` after too many wrong ones. */
type Opening = { readonly found: boolean; readonly id: string; readonly limited?: boolean };

/** A code that was typed before anybody asked; one with a slip in it is asked again with the slip named. */
export const saidCode = (said: string | undefined, say = 'own.code') => {
  const reading = said === undefined ? undefined : readCode(said);
  return {
    say: reading?.is === 'mistyped' ? 'own.code.mistyped' : say,
    preset: reading?.is === 'code' ? reading.code : undefined,
  };
};

/** A declaration named by its code and, from a chat it was not made in, the end of the phone number declared. */
function* askByCode(ask: Ask, said: string | undefined): Asking<string> {
  const code = yield* ask.text('code', parseCode, {
    ...saidCode(said),
    usual: '00000000000',
    show: (value) => groupCode(String(value)),
  });
  const first = yield* ask.call<Opening>('open', 'openByCode', { code }, { found: true, id: '' });
  if (first.found) return first.id;
  const digits = yield* ask.text('digits', parseDigits, { say: 'own.digits', usual: '0000' });
  const opened = yield* ask.call<Opening>('prove', 'openByCode', { code, digits }, { found: true, id: '' });
  if (!opened.found)
    yield* ask.reject('code', { key: opened.limited ? 'problem.tooManyCodes' : 'problem.codeUnknown' }, [
      'digits',
    ]);
  return opened.id;
}

const parseDigits = (raw: string): Parsed<string> => {
  const digits = raw.replace(/\D/g, '').slice(-4);
  return digits.length === 4 ? ok(digits) : problem('problem.digits');
};

/**
 * Which declaration is meant: the only one of this chat, one of several, or one by its code.
 * Reveals nothing of a declaration that is not this chat's before its owner's number was given.
 */
export function* askDeclaration(ask: Ask, said: string | undefined): Asking<string> {
  if (said !== undefined && readCode(said).is !== 'other') return yield* askByCode(ask, said);
  const own = yield* ask.call<readonly OwnDeclaration[]>('own', 'ownDeclarations', {}, []);
  const valid = own.filter(({ status }) => status !== 'withdrawn');
  if (valid.length === 0) return yield* askByCode(ask, undefined);
  if (valid.length === 1 && valid[0]) return valid[0].id;
  const other: Option = { id: OTHER, value: OTHER, label: line('own.other') };
  const id = yield* ask.choice('which', [...valid.map(optionOf), other], { say: 'own.which', hidden: true });
  return id === OTHER ? yield* askByCode(ask, undefined) : id;
}
