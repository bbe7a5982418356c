/** Resolutions in a line, for tables: '03595 + bản A = xã Mường Than' one, '? 1 2' several, '~ 1 2' near, '-' none. */
import type { Resolution, ResolveOptions } from '../../../src/domain/place/place.ts';
import { loadGazetteer } from '../../../src/store/places.ts';

export const gazetteer = loadGazetteer();
export const AT_HOME: ResolveOptions = { within: '12' };

export function codes(resolution: Resolution): string[] {
  if (resolution.kind === 'none') return [];
  return resolution.kind === 'one'
    ? [resolution.place.code]
    : resolution.places.map(({ place }) => place.code);
}

export function line(resolution: Resolution): string {
  if (resolution.kind === 'none') return '-';
  const detail = resolution.detail ? ` + ${resolution.detail}` : '';
  if (resolution.kind === 'one')
    return `${resolution.place.code}${detail}${resolution.old ? ` = ${resolution.old}` : ''}`;
  const more = resolution.more > 0 ? ` …${resolution.more}` : '';
  return `${resolution.kind === 'several' ? '?' : '~'} ${codes(resolution).join(' ')}${more}${detail}`;
}

export function ask(text: string, options: ResolveOptions = AT_HOME): string {
  return line(gazetteer.resolve(text, options));
}

export function withoutMarks(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D');
}

export interface Tally {
  one: number;
  asked: number;
  /** more than eight fit: asked, not all shown, and `more` says so */
  askedOfMany: number;
  wrong: string[];
}

/** Counts how texts are answered whose right units are known; `wrong` lists all that are neither right nor asked. */
export function tally(texts: ReadonlyMap<string, ReadonlySet<string>>, options: ResolveOptions = {}): Tally {
  const count: Tally = { one: 0, asked: 0, askedOfMany: 0, wrong: [] };
  for (const [text, right] of texts) {
    const resolution = gazetteer.resolve(text, options);
    const offered = new Set(codes(resolution));
    const hasAll = [...right].every((code) => offered.has(code));
    if (resolution.kind === 'one' && hasAll && right.size === 1) count.one += 1;
    else if (resolution.kind === 'several' && hasAll) count.asked += 1;
    else if (resolution.kind === 'several' && resolution.more > 0) count.askedOfMany += 1;
    else count.wrong.push(`${text} → ${line(resolution)}, not ${[...right].join(' ')}`);
  }
  return count;
}
