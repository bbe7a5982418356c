import type { Json } from '../../domain/json.ts';
import type { PersonEvent } from '../event.ts';
import { parseOrdinal } from '../parse/simple.ts';
import { meansNothing, parseYesNo } from '../parse/yesNo.ts';
import type { Line, Value } from '../say.ts';
import { line } from '../say.ts';
import { optionById, typedOption } from './options.ts';
import {
  type Env,
  type Kind,
  type Option,
  problemTaken,
  type Question,
  type Taken,
  valueTaken,
} from './question.ts';

/** What every question can be given, whatever its kind. */
export interface QuestionOptions {
  /** Catalogue key of the question; `.label` and `.help` hang under it. By default scope and key of the question. */
  readonly say?: string;
  /** Catalogue key of its short name, where one sentence is asked under two. By default `.label` under `say`. */
  readonly label?: string;
  /** Values for the question's sentence. */
  readonly values?: Line['values'];
  /** See `Question.tells`. */
  readonly tells?: Question['tells'];
  readonly optional?: boolean;
  readonly hidden?: boolean;
  readonly help?: boolean;
  /** Taken without asking while it is there; see `Question.preset`. */
  readonly preset?: Json | undefined;
}

export interface Identity {
  readonly key: string;
  readonly say: string;
}

/** The fields in which the kinds differ. */
type Own =
  | 'which'
  | 'inline'
  | 'several'
  | 'input'
  | 'options'
  | 'way'
  | 'easier'
  | 'fits'
  | 'show'
  | 'usual';

interface Parts extends Partial<Pick<Question, Own>> {
  /** Takes a text that is neither a button's number nor its words. */
  readonly read: (raw: string, env: Env) => Taken;
  /** Takes events that are not text. */
  readonly other?: (event: PersonEvent, env: Env) => Taken | undefined;
}

/** Kinds that are answered from a list: there "không" is an answer. */
const CHOSEN: ReadonlySet<Kind> = new Set<Kind>(['choice', 'choices', 'yesNo', 'review']);

const takesAll = (): boolean => true;

const asValue = (json: Json): Value => (typeof json === 'number' ? json : String(json));

/** The part all kinds share: buttons by id, by number and by words, over-long text, what is not text at all. */
export const makeQuestion = (kind: Kind, who: Identity, given: QuestionOptions, parts: Parts): Question => {
  const { read, other } = parts;
  const options: readonly Option[] = parts.options ?? [];
  const easier = parts.easier ?? [];
  const take = (event: PersonEvent, env: Env): Taken => {
    const special = other?.(event, env);
    if (special !== undefined) return special;
    if (event.type === 'choice') {
      const option = optionById(event.ids[0] ?? '', [...options, ...easier]);
      return option === undefined ? problemTaken('problem.button') : valueTaken(option.value);
    }
    if (event.type !== 'text')
      return problemTaken(event.type === 'photo' ? 'problem.photoHere' : 'problem.unsupported');
    if (event.text.length > env.limits.answerLength)
      return problemTaken('problem.tooLong', { max: env.limits.answerLength });
    // The numbers of a paged list belong to the page; the engine has looked at them before.
    const paged = options.length > env.limits.choicesPerPage && parseOrdinal(event.text) !== null;
    const option = paged ? undefined : typedOption(event.text, options, env.renderer, CHOSEN.has(kind));
    const refused = parseYesNo(event.text) === false ? options.find(({ no }) => no) : undefined;
    const chosen = option ?? refused;
    if (chosen !== undefined) return valueTaken(chosen.value);
    // "Không", "chưa biết" at a question that can be left open is the same as skipping it.
    const skips = given.optional === true && !CHOSEN.has(kind) && meansNothing(event.text);
    return skips ? valueTaken(null) : read(event.text, env);
  };
  const say = given.say ?? who.say;
  // Made for every question at every step: field by field, because spreading is ten times as slow.
  return {
    key: who.key,
    kind,
    text: line(say, given.values),
    which: parts.which ?? line('engine.which'),
    label: line(given.label ?? `${say}.label`),
    tells: given.tells,
    help: given.help === true ? line(`${say}.help`) : undefined,
    optional: given.optional ?? false,
    hidden: given.hidden ?? false,
    inline: parts.inline ?? true,
    several: parts.several ?? false,
    input: parts.input ?? 'text',
    options,
    way: parts.way ?? kind,
    easier,
    fits: parts.fits ?? takesAll,
    show: parts.show ?? asValue,
    usual: parts.usual ?? '',
    preset: given.preset,
    take,
  };
};
