/** Text → Resolution. A place is taken silently only when the words mean exactly one; all else is asked or refused. */
import { isArea, isHome, type PlaceOf } from './candidates.ts';
import { byKind, chooseSure, inexactly, offer } from './choose.ts';
import { COST, SURE } from './doubt.ts';
import type { Search } from './guess.ts';
import { mend } from './mend.ts';
import type { Resolution, ResolveOptions } from './place.ts';
import { type Finding, type Hit, readText } from './read.ts';
import { spellName, withoutMarks } from './spelling.ts';
import { spellingOf, type Text, textOf, tokenise } from './tokens.ts';
import { RANK } from './units.ts';

/** A name of so few letters from outside the own province is asked about: "Ho" is also a cough. */
const SHORT_NAME = 3;
/** Beside a commune that is named exactly but lies elsewhere, only names with one wrong letter are likelier. */
const ONE_LETTER = COST.misspelt + 2;

export function resolve(said: string, search: Search, placeOf: PlaceOf): Resolution {
  const { names, options } = search;
  const text = tokenise(said);
  const finding = lift(readText(text, names), options);
  const isSure = finding.hits.some(({ cost }) => cost <= SURE) && !isDoubtful(text, finding, search);
  if (isSure && !finding.suspect) return chooseSure(finding, placeOf, options);
  const mended = lift(mend(text, finding, search), options).hits;
  if (isSure) return besideSuspect(text, finding, mended, search, placeOf);
  const plain = byKind(finding.hits, inexactly(options));
  const likelier = finding.suspect && mended.length > 0 ? mended : [...plain, ...mended];
  return offer(likelier, [], placeOf, options);
}

/** Beside the names understood stands something else: a misspelt name, a commune elsewhere, or just a village. */
function besideSuspect(
  text: Text,
  finding: Finding,
  mended: readonly Hit[],
  { names, options }: Search,
  placeOf: PlaceOf,
): Resolution {
  const rivals = options.at === 'province' ? [] : rivalsOf(text, finding, names);
  const known = new Set(finding.hits.map(({ code }) => code));
  const isNew = ({ code }: Hit) => known.size > 1 || !known.has(code);
  const likelier = mended.filter((hit) => isNew(hit) && (rivals.length === 0 || hit.cost < ONE_LETTER));
  if (likelier.length === 0 && rivals.length > 0) return chooseSure(finding, placeOf, options, rivals);
  if (likelier.length === 0) return chooseSure(finding, placeOf, inDistrictToo(finding, options));
  return offer(likelier, [...byKind(finding.hits, inexactly(options)), ...rivals], placeOf, options);
}

/** "Nà Cang, Than Uyên": a village of the commune, or of any other in the old district. */
function inDistrictToo({ hits }: Finding, options: ResolveOptions): ResolveOptions {
  const isCommune = hits.some(({ unit }) => unit.rank <= RANK.commune);
  return isCommune && options.at === undefined ? { ...options, at: 'commune' } : options;
}

/** When a province is all that is asked, a commune answers with its province. */
function lift(finding: Finding, { at }: ResolveOptions): Finding {
  if (at !== 'province') return finding;
  return { ...finding, hits: finding.hits.map((hit) => ({ ...hit, code: hit.unit.area })) };
}

/**
 * A bare name from elsewhere is not taken silently when it is very short, one word of several ("tam dung" is no town of
 * Dùng), or one letter or mark away from a name at home: "Nậm Cắn" is in Nghệ An, "Nậm Cần" in Lai Châu.
 */
function isDoubtful({ tokens }: Text, finding: Finding, { names, options }: Search): boolean {
  const { within } = options;
  const sure = finding.hits.filter(({ cost }) => cost <= SURE);
  const isKnown = (hit: Hit) => hit.unit.rank >= RANK.formerProvince || isHome(hit, options);
  if (finding.areaNamed || sure.some(isKnown)) return false;
  const { bare } = spellName(sure[0]?.unit.name ?? '');
  const isVague = bare.length <= SHORT_NAME || (finding.words === 1 && tokens.length > 1);
  if (isVague) return sure.every(({ typed }) => !typed);
  const whole = spellingOf(tokens, 0, tokens.length).bare;
  return within !== undefined && [bare, whole].some((name) => isNearHome(name, within, names));
}

function isNearHome(bare: string, within: string, names: Search['names']): boolean {
  const near = { asked: withoutMarks(bare), limit: 1, areas: new Set([within]) };
  return names.similar(near).length > 0;
}

/** Communes that the suspect words name exactly, although they do not lie in what the rest of the text names. */
function rivalsOf(text: Text, { suspect, hits }: Finding, names: Search['names']): Hit[] {
  const isAbroad = hits.every(({ unit }) => unit.rank >= RANK.region);
  if (!suspect || isAbroad) return [];
  const other = readText(tokenise(textOf(text, suspect.from, suspect.to)), names);
  const known = new Set(hits.map(({ code }) => code));
  if (other.words < suspect.to - suspect.from || other.hits.some(({ code }) => known.has(code))) return [];
  const areas = new Set(hits.map(({ unit }) => unit.area));
  const fits = ({ unit }: Hit) => unit.rank <= RANK.commune && (hits.some(isArea) || areas.has(unit.area));
  return other.hits.filter((hit) => hit.cost <= SURE && fits(hit));
}
