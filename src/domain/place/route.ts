/** "From – to" in one line. */
import type { Resolution, Route } from './place.ts';

/** Longer is no route; it would also be slow, as every split is tried. */
const MAX_CHARS = 160;
const MOST_SPLITS = 8;
const word = (words: string, flags: string) =>
  new RegExp(`(?<![\\p{L}\\p{M}])(?:${words})(?![\\p{L}\\p{M}])`, flags);
const SIGN = /\s*(?:->|→|=>|>|–|—)\s*|\s*-\s*/gu;
const BETWEEN = word(
  'đi\\s+(?:đến|về|lên|xuống)|đến|den|tới|toi|về|ve|đi|di|lên|len|xuống|xuong|sang|vào|vao|ra|to',
  'giu',
);
const BACKWARDS = word('từ|tu|from', 'giu');
const SPACE = /\s+/gu;
const FROM = /^\s*(?:(?:tôi|em|xe|khách|chuyến|tuyến|đi)\s+)*(?:từ|tu|from)\s+/iu;
const TO = /^\s*(?:đi|về|ve|đến|den|tới|to|lên|xuống|vào|ra)\s+/iu;
const WORTH: Readonly<Record<Resolution['kind'], number>> = { one: 3, several: 2, near: 1, none: 0 };

type Resolve = (text: string) => Resolution;

const worth = ({ from, to }: Route) => WORTH[from.kind] + WORTH[to.kind];
const isPlain = (place: Resolution) => place.kind === 'one' && place.detail === '';

function routeOf(from: string, to: string, resolve: Resolve): Route | null {
  const [start, end] = [resolve(from.replace(FROM, '')), resolve(to.replace(TO, ''))];
  return start.kind === 'none' || end.kind === 'none' ? null : { from: start, to: end };
}

function splits(text: string, between: RegExp): [before: string, after: string][] {
  const matches = [...text.matchAll(between)].slice(0, MOST_SPLITS);
  const parts = matches.map(
    ({ index, 0: sign }) => [text.slice(0, index), text.slice(index + sign.length)] as const,
  );
  return parts.flatMap(([before, after]) => (before.trim() && after.trim() ? [[before, after]] : []));
}

/**
 * The split whose two sides are understood best; the first of equals. A text that is one place as a whole is no route
 * ("Bà Rịa - Vũng Tàu", "Sa Pa - Lào Cai"). Without any sign between, both sides must be plain places ("Hà Nội Than Uyên").
 */
export function readRoute(said: string, resolve: Resolve): Route | null {
  const text = said.slice(0, MAX_CHARS).normalize('NFC');
  if (isPlain(resolve(text))) return null;
  const forward = [...splits(text, SIGN), ...splits(text, BETWEEN)].map(([from, to]) =>
    routeOf(from, to, resolve),
  );
  const backward = splits(text, BACKWARDS).map(([to, from]) => routeOf(from, to, resolve));
  const routes = [...forward, ...backward].filter((route) => route !== null);
  if (routes.length === 0) return unsigned(text, resolve);
  return routes.reduce((best, route) => (worth(best) >= worth(route) ? best : route));
}

function unsigned(text: string, resolve: Resolve): Route | null {
  const routes = splits(text.trim(), SPACE).map(([from, to]) => routeOf(from, to, resolve));
  return routes.find((route) => route !== null && isPlain(route.from) && isPlain(route.to)) ?? null;
}
