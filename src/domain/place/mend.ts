/** Misspelt names: put one right at a time, read again, and offer what then makes sense. */
import { byKind, inexactly } from './choose.ts';
import { markedDistance } from './distance.ts';
import { COST, SURE } from './doubt.ts';
import { guesses, namesNear, type Search } from './guess.ts';
import { type Finding, type Hit, NOTHING_FOUND, readText } from './read.ts';
import type { Similar } from './similar.ts';
import { isPlain, type Spelling, spellName } from './spelling.ts';
import { putRight, spellingOf, type Text } from './tokens.ts';
import type { Unit } from './units.ts';

/** Not more than two names of a text are put right: so many are tried for the first, and with each for the second. */
const MOST_TRIED = [8, 3];

/** How far the marks are off too, as a fraction that only orders names with equally many wrong letters. */
function marksOff(asked: Spelling, unit: Unit): number {
  if (isPlain(asked)) return 0;
  return markedDistance(asked, spellName(unit.name), 9) / 10;
}

/**
 * What the text means when up to two of its names are put right: hits above COST.misspelt, or none. What was found
 * without must be explained better: a reading that leaves as much unexplained says nothing.
 */
export function mend(text: Text, before: Finding, search: Search, mended = 0): Finding {
  const found = guesses(text.tokens, before).flatMap((guess) => {
    const { from, to } = guess.at;
    const asked = spellingOf(text.tokens, from, to);
    const tries = namesNear(text.tokens, guess, before, search).slice(0, MOST_TRIED[mended]);
    return tries.flatMap((similar) => {
      const finding = readAgain(putRight(text, from, to, similar.bare), before, search, mended + 1);
      return finding ? [doubted(finding, similar, asked, search)] : [];
    });
  });
  return found[0] ? { ...found[0], hits: found.flatMap(({ hits }) => hits) } : NOTHING_FOUND;
}

function readAgain(text: Text, before: Finding, search: Search, mended: number): Finding | undefined {
  const finding = readText(text, search.names);
  const wasSure = before.suspect !== undefined || before.hits.some(({ cost }) => cost <= SURE);
  const explainsMore = finding.words > before.words || (!wasSure && finding.words === before.words);
  if (finding.hits.length === 0 || !explainsMore) return undefined;
  if (!finding.suspect || mended >= MOST_TRIED.length) return finding;
  const further = mend(text, finding, search, mended);
  return further.hits.length > 0 ? further : finding;
}

function doubted(finding: Finding, { distance }: Similar, asked: Spelling, { options }: Search): Finding {
  const hits = byKind(finding.hits, inexactly(options));
  const doubt = ({ cost, unit }: Hit) => cost + COST.misspelt + distance + marksOff(asked, unit);
  return { ...finding, hits: hits.map((hit) => ({ ...hit, cost: doubt(hit) })) };
}
